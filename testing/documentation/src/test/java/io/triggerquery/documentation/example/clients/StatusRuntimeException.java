package io.triggerquery.documentation.example.clients;

/** Stands for gRPC's exception of this name. */
final class StatusRuntimeException extends RuntimeException {

    enum Code {
        NOT_FOUND,
        UNAVAILABLE,
        DEADLINE_EXCEEDED,
        UNAUTHENTICATED,
        INVALID_ARGUMENT,
        INTERNAL
    }

    record Status(Code code) {

        Code getCode() {
            return code;
        }
    }

    private final Status status;

    StatusRuntimeException(Status status) {
        this.status = status;
    }

    Status getStatus() {
        return status;
    }
}
