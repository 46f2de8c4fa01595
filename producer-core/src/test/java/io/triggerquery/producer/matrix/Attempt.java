package io.triggerquery.producer.matrix;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.matrix.Place.End;
import io.triggerquery.producer.matrix.Place.Manager;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes one change, publishes its trigger, and records the result. */
final class Attempt {

    /** Simulates the end of the process: nothing after it has an effect. */
    private static final class Halted extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Service service;
    private final String id;
    private final Place place;
    private final Manager manager;
    private final End end;

    @Nullable
    Receipt receipt;

    @Nullable
    RuntimeException refusal;

    @Nullable
    Boolean survivedTheProcess;

    Attempt(Service service, String id, Place place, Manager manager, End end) {
        this.service = service;
        this.id = id;
        this.place = place;
        this.manager = manager;
        this.end = end;
    }

    String id() {
        return id;
    }

    void run() {
        try {
            makeChange();
        } catch (RuntimeException | Halted expected) {
            if (refusal == null && end == End.COMMIT) {
                throw expected;
            }
        } finally {
            service.dataSource().afterNextCommit(FaultyDataSource.Fault.NONE);
            service.otherDataSource().afterNextCommit(FaultyDataSource.Fault.NONE);
        }
    }

    private void makeChange() {
        switch (place) {
            case METHOD -> in(service.manager(manager), template -> {}, this::changeAndPublish);
            case ANNOTATION -> annotated();
            case READ_ONLY ->
                in(service.manager(manager), template -> template.setReadOnly(true), status -> {
                    publish();
                    endBy(status);
                });
            case SAVEPOINT_ROLLED_BACK ->
                in(service.manager(manager), template -> {}, status -> {
                    Object savepoint = status.createSavepoint();
                    publish();
                    status.rollbackToSavepoint(savepoint);
                    change();
                    endBy(status);
                });
            case REQUIRES_NEW ->
                in(
                        service.manager(manager),
                        template -> {},
                        outer -> in(service.manager(manager), Attempt::requiresNew, this::changeAndPublish));
            case BEFORE_COMMIT -> publishEvent(new Application.BeforeCommit(this::publishAndUndo));
            case BEFORE_COMPLETION ->
                in(service.manager(manager), template -> {}, status -> {
                    change();
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCompletion() {
                            publish();
                        }
                    });
                    endBy(status);
                });
            case FLUSH ->
                in(service.manager(manager), template -> {}, status -> {
                    service.change(id, true, this::publishAndUndo);
                    failAfterCommit(service.dataSource());
                });
            case AFTER_COMMIT -> publishEvent(new Application.AfterCommit(this::publish));
            case AFTER_COMMIT_CALLBACK ->
                in(service.manager(manager), template -> {}, status -> {
                    change();
                    afterCommit(this::publish);
                    endBy(status);
                });
            case REQUIRES_NEW_AFTER_COMMIT ->
                in(
                        service.manager(manager),
                        template -> {},
                        outer -> afterCommit(
                                () -> in(service.manager(manager), Attempt::requiresNew, this::changeAndPublish)));
            case AFTER_COMPLETION -> publishEvent(new Application.AfterCompletion(this::publish));
            case OTHER_MANAGER ->
                in(service.otherManager(), template -> {}, status -> {
                    publish();
                    endBy(status, service.otherDataSource());
                });
            case NO_TRANSACTION -> publish();
        }
    }

    private static void in(
            PlatformTransactionManager manager,
            Consumer<TransactionTemplate> settings,
            Consumer<TransactionStatus> work) {
        TransactionTemplate template = new TransactionTemplate(manager);
        settings.accept(template);
        template.executeWithoutResult(work);
    }

    private static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    private static void requiresNew(TransactionTemplate template) {
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    private void changeAndPublish(TransactionStatus status) {
        change();
        publish();
        endBy(status);
    }

    private void publishEvent(Object event) {
        in(service.manager(manager), template -> {}, status -> {
            change();
            service.publishEvent(event);
            if (place == Place.BEFORE_COMMIT) {
                failAfterCommit(service.dataSource());
            } else {
                endBy(status);
            }
        });
    }

    private void annotated() {
        Runnable work = () -> {
            change();
            failAfterCommit(service.dataSource());
            receipt = new Receipt.AfterCommit();
            if (end == End.ROLLBACK) {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        throw new RolledBack();
                    }
                });
            }
        };
        if (manager.jpa) {
            service.annotated().jpa(id, work);
        } else {
            service.annotated().jdbc(id, work);
        }
    }

    private void change() {
        service.change(id, manager.jpa, () -> {});
    }

    private void endBy(TransactionStatus status) {
        endBy(status, service.dataSource());
    }

    private void endBy(TransactionStatus status, FaultyDataSource database) {
        if (end == End.ROLLBACK) {
            status.setRollbackOnly();
        }
        failAfterCommit(database);
    }

    private void failAfterCommit(FaultyDataSource database) {
        if (end == End.ANSWER_LOST) {
            database.afterNextCommit(() -> {
                throw new SQLException("connection reset", "08007");
            });
        } else if (end == End.HALTED && !place.isAfterCommit()) {
            database.afterNextCommit(() -> {
                survivedTheProcess = service.survivesTheProcess(id);
                throw new Halted();
            });
        }
    }

    private void publishAndUndo() {
        publish();
        if (end == End.ROLLBACK) {
            throw new RolledBack();
        }
    }

    private void publish() {
        try {
            receipt = service.publisher().tryPublish("changed", id);
        } catch (RuntimeException e) {
            refusal = e;
            throw e;
        }
        if (end == End.HALTED && place.isAfterCommit()) {
            survivedTheProcess = service.survivesTheProcess(id);
        }
    }
}
