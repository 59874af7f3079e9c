// Stands for the element's build where a test looks at how files are served.
export {};
