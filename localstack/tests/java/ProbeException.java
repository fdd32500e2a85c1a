/** Has its own name, for a Retry or Catch to match. */
public class ProbeException extends RuntimeException {

    public ProbeException(String message) {
        super(message);
    }
}
