package io.triggerquery.producer.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionWatchTest {

    private final TransactionWatch watch = new TransactionWatch();
    private final JdbcTransactionManager manager =
            new JdbcTransactionManager(new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()));
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final List<String> calls = new ArrayList<>();
    private final AfterCommitStrategy strategy = new AfterCommitStrategy(new TriggerBuffer() {
        @Override
        public Receipt keep(List<OutgoingTrigger> triggers) {
            calls.add("keep " + ids(triggers));
            return new Receipt.OnDisk();
        }

        @Override
        public Prepared prepare(List<OutgoingTrigger> triggers) {
            calls.add("prepare " + ids(triggers));
            return committed -> calls.add("ended " + ids(triggers) + (committed ? "" : " in doubt"));
        }
    });

    @BeforeEach
    void watch() {
        watch.postProcessAfterInitialization(manager, "manager");
    }

    @Test
    void managerIsWatchedOnce() {
        watch.postProcessAfterInitialization(manager, "manager");

        assertThat(manager.getTransactionExecutionListeners()).hasSize(1);
    }

    @Test
    void triggersPublishedBeforeCommitArePreparedTogetherAndLast() {
        transaction.executeWithoutResult(status -> {
            publish("method");
            register(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    publish("before-commit");
                }

                @Override
                public void beforeCompletion() {
                    publish("before-completion");
                    calls.add("before completion");
                }
            });
        });

        assertThat(calls)
                .containsExactly(
                        "before completion",
                        "prepare method before-commit before-completion",
                        "ended method before-commit before-completion");
    }

    @Test
    void triggerPublishedAfterCommitIsKeptAtOnce() {
        transaction.executeWithoutResult(status -> {
            publish("method");
            register(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    assertThat(strategy.publish(OutgoingTrigger.of("changed", "after")))
                            .isEqualTo(new Receipt.OnDisk());
                }
            });
        });

        assertThat(calls).containsExactly("prepare method", "keep after", "ended method");
    }

    @Test
    void transactionRolledBackInBeforeCommitSendsNothing() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> register(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        publish("undone");
                        throw new IllegalStateException("business");
                    }
                })))
                .hasMessage("business");

        assertThat(calls).isEmpty();
    }

    @Test
    void transactionDuringTheCommitOfAnotherIsIndependent() {
        TransactionTemplate inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transaction.executeWithoutResult(outer -> register(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                inner.executeWithoutResult(status -> {
                    publish("undone");
                    status.setRollbackOnly();
                });
                inner.executeWithoutResult(status -> publish("inner"));
                publish("outer");
            }
        }));

        assertThat(calls).containsExactly("prepare inner", "ended inner", "prepare outer", "ended outer");
    }

    @Test
    void triggersOfAbandonedTransactionAreNotAddedToTheNext() {
        TransactionStatus left = manager.getTransaction(null);
        publish("left");
        // a manager that ends without calling its synchronizations
        TransactionSynchronizationManager.clear();
        TransactionSynchronizationManager.unbindResource(manager.getResourceFactory());

        transaction.executeWithoutResult(status -> publish("next"));

        assertThat(left.isCompleted()).isFalse();
        assertThat(calls).containsExactly("prepare next", "ended next");
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    private void publish(String id) {
        assertThat(strategy.publish(OutgoingTrigger.of("changed", id))).isEqualTo(new Receipt.AfterCommit());
    }

    private static void register(TransactionSynchronization synchronization) {
        TransactionSynchronizationManager.registerSynchronization(synchronization);
    }

    private static String ids(List<OutgoingTrigger> triggers) {
        return String.join(" ", triggers.stream().map(OutgoingTrigger::id).toList());
    }
}
