package javax.activation;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Named by PDFBox 2, and in no JDK since 11. */
public class FileDataSource implements DataSource {
  private final File file;

  public FileDataSource(File file) {
    this.file = file;
  }

  public InputStream getInputStream() throws IOException {
    return new FileInputStream(file);
  }
}
