package io.triggerquery.bench.source;

/** The answer of a failing source. */
public enum Reply {
    UNAUTHORIZED("401 Unauthorized", "the credential has expired"),
    FORBIDDEN("403 Forbidden", "not allowed"),
    /** A gateway's answer for a path without a route. */
    NOT_FOUND("404 Not Found", "no route"),
    TOO_LARGE("413 Content Too Large", "too many ids"),
    UNPROCESSABLE("422 Unprocessable Content", "the state cannot be returned"),
    SERVER_ERROR("500 Internal Server Error", "internal error"),
    TIMEOUT("504 Gateway Timeout", "no answer in time"),
    /** The answer to a browser without a session. */
    LOGIN_PAGE("200 OK", "<html><body><form action=\"/login\">Log in</form></body></html>"),
    /** No answer; the connection stays open. */
    NONE("", "");

    private final String status;
    private final String body;

    Reply(String status, String body) {
        this.status = status;
        this.body = body;
    }

    String status() {
        return status;
    }

    String body() {
        return body;
    }
}
