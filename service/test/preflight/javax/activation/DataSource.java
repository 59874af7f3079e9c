package javax.activation;

/** Named by PDFBox 2, and in no JDK since 11. */
public interface DataSource {
  java.io.InputStream getInputStream() throws java.io.IOException;
}
