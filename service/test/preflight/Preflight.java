import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Prints what PDFBox's preflight has against each file as PDF/A-1b: a line for an error, with the file's name before it. */
public class Preflight {
  public static void main(String[] names) throws Exception {
    for (String name : names) {
      PreflightParser parser = new PreflightParser(new File(name));
      parser.parse();
      try (PreflightDocument document = parser.getPreflightDocument()) {
        document.validate();
        for (ValidationError error : document.getResult().getErrorsList())
          System.out.println(name + " " + error.getErrorCode() + " " + error.getDetails());
      }
    }
  }
}
