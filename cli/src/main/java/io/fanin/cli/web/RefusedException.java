package io.fanin.cli.web;

/** A request that is not done, and with which status of HTTP that is answered. */
final class RefusedException extends RuntimeException {

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    static RefusedException notFound(String message) {
        return new RefusedException(404, message);
    }

    int status() {
        return status;
    }
}
