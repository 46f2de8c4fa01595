package io.triggerquery.producer.matrix;

/** The place at which a test publishes. */
enum Place {
    METHOD,
    ANNOTATION,
    READ_ONLY,
    SAVEPOINT_ROLLED_BACK,
    REQUIRES_NEW,
    BEFORE_COMMIT,
    BEFORE_COMPLETION,
    FLUSH,
    AFTER_COMMIT,
    AFTER_COMMIT_CALLBACK,
    REQUIRES_NEW_AFTER_COMMIT,
    AFTER_COMPLETION,
    OTHER_MANAGER,
    NO_TRANSACTION;

    /** Whether the combination is possible. */
    boolean fits(Manager manager, End end) {
        return switch (this) {
            case FLUSH -> manager.jpa;
            case ANNOTATION -> manager.bean;
            case SAVEPOINT_ROLLED_BACK -> !manager.jpa;
            case OTHER_MANAGER -> manager == Manager.JDBC;
            case NO_TRANSACTION -> manager == Manager.JDBC && (end == End.COMMIT || end == End.HALTED);
            default -> true;
        };
    }

    /** Whether the place is after the commit, so that a halt must follow the publishing. */
    boolean isAfterCommit() {
        return this == AFTER_COMMIT
                || this == AFTER_COMMIT_CALLBACK
                || this == AFTER_COMPLETION
                || this == NO_TRANSACTION;
    }

    /** The manager of the transaction in which the publisher is called. */
    enum Manager {
        JDBC(false, true),
        JPA(true, true),
        JDBC_NO_BEAN(false, false),
        JPA_NO_BEAN(true, false);

        final boolean jpa;
        final boolean bean;

        Manager(boolean jpa, boolean bean) {
            this.jpa = jpa;
            this.bean = bean;
        }
    }

    /** How the transaction ends. */
    enum End {
        COMMIT,
        ROLLBACK,
        ANSWER_LOST,
        HALTED
    }
}
