package io.triggerquery.producer.internal.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.triggerquery.producer.LogCapture;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Uses a real transaction manager and a real database. */
class HandOffTest {

    private final DriverManagerDataSource database =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final LostCommitAnswerDataSource dataSource = new LostCommitAnswerDataSource(database);
    private final JdbcClient jdbc = JdbcClient.create(dataSource);
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final TransactionTemplate inner = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    // id, version, and the number of rows that another connection saw at that time
    private final List<String> kept = new ArrayList<>();
    private RuntimeException thrown;
    private Receipt receipt = new Receipt.InMemory();
    private final AfterCommitStrategy strategy = new AfterCommitStrategy(triggers -> {
        triggers.forEach(trigger -> kept.add(trigger.id() + "/" + trigger.version() + " sees " + rows()));
        if (thrown != null) {
            throw thrown;
        }
        return receipt;
    });

    HandOffTest() {
        JdbcClient.create(database).sql("create table thing (id varchar)").update();
        inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @Test
    void triggersAreKeptOnceAfterCommit() {
        transaction.executeWithoutResult(status -> {
            insertAndPublish("a");
            insertAndPublish("b");
            assertThat(kept).isEmpty();
        });

        assertThat(kept).containsExactly("a/null sees 2", "b/null sees 2");
    }

    @Test
    void triggersOfAbandonedTransactionAreNotAddedToTheNext() {
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
        publish("left");
        // ends the transaction without calling its synchronizations
        TransactionSynchronizationManager.clear();

        transaction.executeWithoutResult(status -> insertAndPublish("a"));

        assertThat(kept).containsExactly("a/null sees 1");
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    @Test
    void triggerOutsideTransactionIsKeptAtOnce() {
        assertThat(publish("a")).isEqualTo(receipt);

        assertThat(kept).containsExactly("a/null sees 0");
    }

    @Test
    void rolledBackTransactionKeepsNothing() {
        transaction.executeWithoutResult(status -> {
            insertAndPublish("a");
            status.setRollbackOnly();
        });
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    insertAndPublish("b");
                    throw new IllegalStateException("business");
                }))
                .hasMessage("business");

        assertThat(kept).isEmpty();
        publish("c");
        assertThat(kept).containsExactly("c/null sees 0");
    }

    @Test
    void triggersAreKeptWhenTheAnswerToTheCommitIsLost() {
        List<Integer> statuses = new ArrayList<>();
        dataSource.losesCommitAnswers = true;

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    insertAndPublish("a");
                    afterCompletion(statuses::add);
                }))
                .isInstanceOf(DataAccessException.class);

        assertThat(statuses).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(kept).containsExactly("a/null sees 1");
    }

    @Test
    void bufferReceivesWhetherTheCommitIsKnown() {
        List<String> calls = new ArrayList<>();
        AfterCommitStrategy recording = new AfterCommitStrategy(new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                calls.add("committed");
                return receipt;
            }

            @Override
            public Receipt acceptInDoubt(List<OutgoingTrigger> triggers) {
                calls.add("in doubt");
                return receipt;
            }
        });

        transaction.executeWithoutResult(status -> recording.publish(OutgoingTrigger.of("changed", "a")));
        assertThat(calls).containsExactly("committed");

        dataSource.losesCommitAnswers = true;
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> recording.publish(OutgoingTrigger.of("changed", "b"))))
                .isInstanceOf(DataAccessException.class);
        assertThat(calls).containsExactly("committed", "in doubt");

        assertThatThrownBy(() -> transaction.executeWithoutResult(outer -> {
                    recording.publish(OutgoingTrigger.of("changed", "c"));
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCompletion() {
                            recording.publish(OutgoingTrigger.of("changed", "late"));
                        }
                    });
                }))
                .isInstanceOf(DataAccessException.class);
        assertThat(calls).containsExactly("committed", "in doubt", "in doubt", "in doubt");
    }

    @Test
    void innerTransactionKeepsItsTriggersBeforeTheOuterOne() {
        transaction.executeWithoutResult(outer -> {
            insertAndPublish("outer");
            inner.executeWithoutResult(status -> insertAndPublish("inner"));
            assertThat(kept).containsExactly("inner/null sees 1");
            inner.executeWithoutResult(status -> {
                insertAndPublish("undone");
                status.setRollbackOnly();
            });
            insertAndPublish("outer2");
        });

        assertThat(kept).containsExactly("inner/null sees 1", "outer/null sees 3", "outer2/null sees 3");
    }

    @Test
    void outerTransactionRollsBackWithoutTheInnerOne() {
        transaction.executeWithoutResult(outer -> {
            insertAndPublish("outer");
            inner.executeWithoutResult(status -> insertAndPublish("inner"));
            outer.setRollbackOnly();
        });

        assertThat(kept).containsExactly("inner/null sees 1");
    }

    @Test
    void triggersPublishedBySynchronizationsAreKept() {
        transaction.executeWithoutResult(status -> {
            insertAndPublish("a");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    insertAndPublish("before");
                }

                @Override
                public void afterCommit() {
                    publish("after commit");
                }

                @Override
                public void afterCompletion(int status) {
                    publish("after completion");
                }
            });
        });

        assertThat(kept)
                .containsExactlyInAnyOrder(
                        "a/null sees 2",
                        "before/null sees 2",
                        "after commit/null sees 2",
                        "after completion/null sees 2");
    }

    @Test
    void triggerPublishedOnlyAfterCommitIsKept() {
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        publish("after commit");
                    }
                }));

        assertThat(kept).containsExactly("after commit/null sees 0");
    }

    @Test
    void idPublishedTwiceIsOneTriggerWithTheHighestVersion() {
        transaction.executeWithoutResult(status -> {
            strategy.publish(new OutgoingTrigger("changed", "a", 7L));
            strategy.publish(new OutgoingTrigger("changed", "a", 9L));
            strategy.publish(new OutgoingTrigger("changed", "a", 8L));
        });

        assertThat(kept).containsExactly("a/9 sees 0");
    }

    @Test
    void idPublishedWithAndWithoutVersionIsOneTriggerWithoutVersion() {
        transaction.executeWithoutResult(status -> {
            strategy.publish(new OutgoingTrigger("changed", "a", 9L));
            strategy.publish(OutgoingTrigger.of("changed", "a"));
        });

        assertThat(kept).containsExactly("a/null sees 0");
    }

    @Test
    void failingBufferDoesNotFailCommittedTransaction() {
        try (LogCapture log = LogCapture.of(HandOff.class)) {
            thrown = new IllegalStateException("a bug");
            transaction.executeWithoutResult(status -> insertAndPublish("a"));
            thrown = null;
            receipt = new Receipt.Rejected("full");
            transaction.executeWithoutResult(status -> insertAndPublish("b"));

            assertThat(log.messages(Level.ERROR)).hasSize(2);
        }
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void transactionRollsBackWhenBufferCannotPrepare() {
        AfterCommitStrategy registering = new AfterCommitStrategy(new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                kept.add("kept");
                return receipt;
            }

            @Override
            public Prepared prepare(List<OutgoingTrigger> triggers) {
                throw new IllegalStateException("no relay service");
            }
        });

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    insert("a");
                    registering.publish(OutgoingTrigger.of("changed", "a"));
                }))
                .hasMessage("no relay service");

        assertThat(rows()).isZero();
        assertThat(kept).isEmpty();
    }

    @Test
    void connectionsAreClosedAndThreadBoundResourcesRemoved() {
        transaction.executeWithoutResult(status -> insertAndPublish("a"));
        dataSource.losesCommitAnswers = true;
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> insertAndPublish("b")))
                .isInstanceOf(DataAccessException.class);

        assertThat(dataSource.inUse).isZero();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    private void insertAndPublish(String id) {
        insert(id);
        assertThat(publish(id)).isEqualTo(new Receipt.AfterCommit());
    }

    private Receipt publish(String id) {
        return strategy.publish(OutgoingTrigger.of("changed", id));
    }

    private void insert(String id) {
        jdbc.sql("insert into thing values (?)").param(id).update();
    }

    private int rows() {
        return JdbcClient.create(database)
                .sql("select count(*) from thing")
                .query(Integer.class)
                .single();
    }

    private static void afterCompletion(Consumer<Integer> callback) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                callback.accept(status);
            }
        });
    }
}
