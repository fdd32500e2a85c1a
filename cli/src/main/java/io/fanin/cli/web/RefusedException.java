package io.fanin.cli.web;

/** A refused request, with the HTTP status of the response. */
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
