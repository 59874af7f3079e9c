// A file in a folder of the build.
export {};
