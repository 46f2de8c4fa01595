package io.triggerquery.bench.source;

/** What a source that is in trouble answers instead of a state. */
public enum Reply {
    UNAUTHORIZED("401 Unauthorized", "the credential has expired"),
    FORBIDDEN("403 Forbidden", "not allowed"),
    /** As a gateway answers a path that leads nowhere. */
    NOT_FOUND("404 Not Found", "no route"),
    TOO_LARGE("413 Content Too Large", "too many ids"),
    UNPROCESSABLE("422 Unprocessable Content", "the state cannot be told"),
    SERVER_ERROR("500 Internal Server Error", "internal error"),
    TIMEOUT("504 Gateway Timeout", "no answer in time"),
    /** What a browser without a session gets. */
    LOGIN_PAGE("200 OK", "<html><body><form action=\"/login\">Log in</form></body></html>"),
    /** No answer comes, and the connection stays open. */
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
