package javax.xml.bind;

import java.util.Calendar;
import javax.xml.datatype.DatatypeFactory;

/** Named by PDFBox 2, and in no JDK since 11. */
public class DatatypeConverter {
  public static int parseInt(String text) {
    return Integer.parseInt(text.trim());
  }

  public static Calendar parseDateTime(String text) {
    return DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar(text).toGregorianCalendar();
  }
}
