package io.fanin.fakes;

/** A service's own refusal of a request, which becomes an HTTP error. */
final class Refusal extends RuntimeException {

    private final transient Fault.Fail error;

    Refusal(int status, String code, String message) {
        this(new Fault.Fail(status, code, message));
    }

    Refusal(Fault.Fail error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    Fault.Fail error() {
        return error;
    }
}
