package io.triggerquery.producer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.TestDatabase;
import io.triggerquery.producer.internal.outbox.RegistrationListener;
import io.triggerquery.producer.internal.outbox.TriggerIntake;
import io.triggerquery.producer.internal.outbox.TriggerTable;
import io.triggerquery.producer.internal.relay.Claimed;
import io.triggerquery.producer.internal.sending.Application;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.Registration;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The life of a registration in the table, statement by statement. Rows are made makeOlder, so that no test has to wait. */
@ParameterizedClass
@MethodSource("io.triggerquery.producer.TestDatabase#all")
class TriggerIntakeIT {

    private static final Duration RUN = Duration.ofSeconds(100);
    private static final Duration LEASE = Duration.ofMinutes(10);

    private final TestDatabase kind;
    private final DataSource database;
    private final JdbcClient jdbc;
    private final RegistrationListener counting = new RegistrationListener() {
        @Override
        public void sentUnactivated(int triggers) {
            sentUnactivated += triggers;
        }

        @Override
        public void activatedLate(int triggers) {
            activatedLate += triggers;
        }
    };
    private final TriggerTable table;
    private final TriggerIntake intake;
    private int sentUnactivated;
    private int activatedLate;

    TriggerIntakeIT(TestDatabase kind) {
        this.kind = kind;
        this.database = kind.cleared();
        this.jdbc = JdbcClient.create(database);
        this.table = new TriggerTable(database, Application.UNNAMED, counting);
        this.intake = new TriggerIntake(database, Application.UNNAMED, counting);
    }

    @Test
    void acceptedTriggersAreDueAtOnce() {
        intake.accept("billing", List.of(new OutgoingTrigger("test", "a", 7L), OutgoingTrigger.of("test", "b")));

        assertThat(table.claim("test", 10, LEASE))
                .extracting(Claimed::trigger)
                .containsExactlyInAnyOrder(new OutgoingTrigger("test", "a", 7L), OutgoingTrigger.of("test", "b"));
    }

    @Test
    void registeredTriggerIsNotDueBeforeItsTime() {
        register("a");

        assertThat(claim()).isEmpty();
        assertThat(table.backlog().pending()).isZero();
        makeOlder(RUN.minusSeconds(50));
        assertThat(claim()).isEmpty();
        assertThat(table.retry("test", null)).isZero();

        makeOlder(Duration.ofSeconds(50));
        assertThat(table.backlog().pending()).isEqualTo(1);
        assertThat(table.backlog().oldestAge()).isLessThan(RUN);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void registrationSentTwiceIsOneRow() {
        Registration registration = register("a");
        intake.register("billing", RUN, List.of(registration, registration));

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void unactivatedRegistrationIsSentThreeTimesAndThenDeleted() {
        register("a");
        makeOlder(RUN);
        table.done(claim());

        assertThat(claim()).isEmpty();
        makeOlder(RUN.multipliedBy(3).minusSeconds(1));
        assertThat(claim()).isEmpty();
        makeOlder(Duration.ofSeconds(1));
        table.done(claim());

        makeOlder(RUN.multipliedBy(12).minusSeconds(1));
        assertThat(claim()).isEmpty();
        makeOlder(Duration.ofSeconds(1));
        assertThat(sentUnactivated).isEqualTo(2);
        table.done(claim());

        assertThat(rows()).isZero();
        assertThat(sentUnactivated).isEqualTo(3);
        assertThat(activatedLate).isZero();
    }

    @Test
    void activatedRegistrationIsSentOnceAndDeleted() {
        Registration registration = register("a");
        activate(registration);

        List<Claimed> claimed = claim();
        assertThat(claimed)
                .singleElement()
                .satisfies(one -> assertThat(one.trigger().id()).isEqualTo("a"));
        table.done(claimed);

        assertThat(rows()).isZero();
        assertThat(sentUnactivated).isZero();
        assertThat(activatedLate).isZero();
    }

    @Test
    void waitingRegistrationActivatedTwiceIsSentOnce() {
        Registration registration = register("a");
        activate(registration);
        intake.activate("billing", List.of(registration, registration));

        assertThat(claim()).hasSize(1);
        assertThat(claim()).isEmpty();
        assertThat(activatedLate).isZero();
    }

    @Test
    void registrationActivatedAfterItsFirstSendIsSentAgainAtOnce() {
        Registration registration = register("a");
        makeOlder(RUN);
        table.done(claim());

        activate(registration);

        table.done(claim());
        assertThat(rows()).isZero();
        assertThat(activatedLate).isEqualTo(1);
    }

    @Test
    void registrationActivatedAfterItsLastSendIsSentAgain() {
        Registration registration = new Registration(UUID.randomUUID(), new OutgoingTrigger("test", "a", 7L));

        activate(registration);
        // the answer was lost
        activate(registration);

        assertThat(claim()).extracting(Claimed::trigger).containsExactly(registration.trigger());
        assertThat(activatedLate).isEqualTo(1);
    }

    @Test
    void registrationActivatedDuringASendIsSentAgain() {
        Registration registration = register("a");
        makeOlder(RUN);
        List<Claimed> sending = claim();
        activate(registration);

        table.done(sending);

        assertThat(sentUnactivated).isZero();
        List<Claimed> again = claim();
        assertThat(again).hasSize(1);
        table.done(again);
        assertThat(rows()).isZero();
    }

    @Test
    void activationDuringTheDeletionOfTheRowIsNotLost() throws Exception {
        Registration registration = register("a");
        makeOlder(RUN.multipliedBy(16));
        jdbc.sql("update trigger_outbox set fires = 2").update();
        List<Claimed> last = claim();
        TransactionTemplate settling = new TransactionTemplate(new JdbcTransactionManager(database));
        CountDownLatch deleted = new CountDownLatch(1);
        CompletableFuture<Void> activation = CompletableFuture.runAsync(() -> {
            await(deleted);
            activate(registration);
        });

        settling.executeWithoutResult(status -> {
            // as done() does, but commits only when the activation waits for this row
            jdbc.sql("delete from trigger_outbox where id = ?")
                    .param(last.get(0).row())
                    .update();
            deleted.countDown();
            Awaitility.await().until(() -> kind.isWaitingForALock(jdbc));
        });
        activation.get();

        assertThat(claim()).hasSize(1);
    }

    @Test
    void cancelledRegistrationIsDeletedUnlessActivated() {
        Registration cancelled = register("a");
        Registration activated = register("b");
        activate(activated);

        intake.cancel("billing", List.of(cancelled.id(), activated.id()));

        assertThat(claim()).extracting(one -> one.trigger().id()).containsExactly("b");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void registrationsOfAnotherServiceCannotBeChanged() {
        Registration registration = register("a");

        intake.cancel("payment", List.of(registration.id()));
        intake.register("payment", RUN, List.of(new Registration(registration.id(), OutgoingTrigger.of("test", "b"))));
        intake.activate("payment", List.of(new Registration(registration.id(), OutgoingTrigger.of("test", "b"))));

        assertThat(claim()).extracting(one -> one.trigger().id()).containsExactly("b");
        makeOlder(RUN);
        assertThat(claim()).extracting(one -> one.trigger().id()).containsExactly("a");
    }

    @Test
    void failedSendIsPostponedAndNotCounted() {
        register("a");
        makeOlder(RUN);
        table.postpone(claim(), LEASE);

        assertThat(claim()).isEmpty();
        assertThat(table.retry("test", "a")).isEqualTo(1);
        table.done(claim());

        assertThat(sentUnactivated).isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    private Registration register(String id) {
        Registration registration = new Registration(UUID.randomUUID(), OutgoingTrigger.of("test", id));
        intake.register("billing", RUN, List.of(registration));
        return registration;
    }

    private void activate(Registration registration) {
        intake.activate("billing", List.of(registration));
    }

    private List<Claimed> claim() {
        return table.claim("test", 10, LEASE);
    }

    private void makeOlder(Duration by) {
        jdbc.sql("update trigger_outbox set created_at = " + kind.earlier("created_at", by.toSeconds()) + ", due_at = "
                        + kind.earlier("due_at", by.toSeconds()))
                .update();
    }

    private long rows() {
        return jdbc.sql("select count(*) from trigger_outbox").query(Long.class).single();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
