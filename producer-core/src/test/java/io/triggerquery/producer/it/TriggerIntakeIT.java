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

/** The life of a registration in the table, statement by statement. Rows are made older instead of waiting for them. */
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
    void whatIsAcceptedIsDueAtOnce() {
        intake.accept("billing", List.of(new OutgoingTrigger("test", "a", 7L), OutgoingTrigger.of("test", "b")));

        assertThat(table.claim("test", 10, LEASE))
                .extracting(Claimed::trigger)
                .containsExactlyInAnyOrder(new OutgoingTrigger("test", "a", 7L), OutgoingTrigger.of("test", "b"));
    }

    @Test
    void whatIsRegisteredIsNotDueBeforeItsTime() {
        register("a");

        assertThat(claim()).isEmpty();
        assertThat(table.backlog().pending()).isZero();
        older(RUN.minusSeconds(50));
        assertThat(claim()).isEmpty();
        assertThat(table.retry("test", null)).isZero();

        older(Duration.ofSeconds(50));
        assertThat(table.backlog().pending()).isEqualTo(1);
        assertThat(table.backlog().oldestAge()).isLessThan(RUN);
        assertThat(claim()).hasSize(1);
    }

    @Test
    void registeredTwiceItIsOneRow() {
        Registration registration = register("a");
        intake.register("billing", RUN, List.of(registration, registration));

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void sentAfterOneFourAndSixteenTimesItsTimeAndThenGone() {
        register("a");
        older(RUN);
        table.done(claim());

        assertThat(claim()).isEmpty();
        older(RUN.multipliedBy(3).minusSeconds(1));
        assertThat(claim()).isEmpty();
        older(Duration.ofSeconds(1));
        table.done(claim());

        older(RUN.multipliedBy(12).minusSeconds(1));
        assertThat(claim()).isEmpty();
        older(Duration.ofSeconds(1));
        assertThat(sentUnactivated).isEqualTo(2);
        table.done(claim());

        assertThat(rows()).isZero();
        assertThat(sentUnactivated).isEqualTo(3);
        assertThat(activatedLate).isZero();
    }

    @Test
    void activatedItIsSentOnceAndGone() {
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
    void activatedTwiceWhileItWaitsItIsSentOnce() {
        Registration registration = register("a");
        activate(registration);
        intake.activate("billing", List.of(registration, registration));

        assertThat(claim()).hasSize(1);
        assertThat(claim()).isEmpty();
        assertThat(activatedLate).isZero();
    }

    @Test
    void activatedAfterItsFirstSendItIsSentAgainAtOnce() {
        Registration registration = register("a");
        older(RUN);
        table.done(claim());

        activate(registration);

        table.done(claim());
        assertThat(rows()).isZero();
        assertThat(activatedLate).isEqualTo(1);
    }

    @Test
    void activatedAfterItsLastSendItIsSentAgain() {
        Registration registration = new Registration(UUID.randomUUID(), new OutgoingTrigger("test", "a", 7L));

        activate(registration);
        // the answer was lost
        activate(registration);

        assertThat(claim()).extracting(Claimed::trigger).containsExactly(registration.trigger());
        assertThat(activatedLate).isEqualTo(1);
    }

    @Test
    void activatedDuringASendItIsSentOnceMore() {
        Registration registration = register("a");
        older(RUN);
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
    void activatedWhileItsLastSendIsSettledItIsNotLost() throws Exception {
        Registration registration = register("a");
        older(RUN.multipliedBy(16));
        jdbc.sql("update trigger_outbox set fires = 2").update();
        List<Claimed> last = claim();
        TransactionTemplate settling = new TransactionTemplate(new JdbcTransactionManager(database));
        CountDownLatch deleted = new CountDownLatch(1);
        CompletableFuture<Void> activation = CompletableFuture.runAsync(() -> {
            await(deleted);
            activate(registration);
        });

        settling.executeWithoutResult(status -> {
            // as done() does, but the commit waits until the activation waits for this row
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
    void cancelledItIsGoneUnlessItIsActivated() {
        Registration cancelled = register("a");
        Registration activated = register("b");
        activate(activated);

        intake.cancel("billing", List.of(cancelled.id(), activated.id()));

        assertThat(claim()).extracting(one -> one.trigger().id()).containsExactly("b");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void anotherServicesRegistrationsAreOutOfReach() {
        Registration registration = register("a");

        intake.cancel("payment", List.of(registration.id()));
        intake.register("payment", RUN, List.of(new Registration(registration.id(), OutgoingTrigger.of("test", "b"))));
        intake.activate("payment", List.of(new Registration(registration.id(), OutgoingTrigger.of("test", "b"))));

        assertThat(claim()).extracting(one -> one.trigger().id()).containsExactly("b");
        older(RUN);
        assertThat(claim()).extracting(one -> one.trigger().id()).containsExactly("a");
    }

    @Test
    void aFailedSendIsPutOffAndThenCountsAsOne() {
        register("a");
        older(RUN);
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

    private void older(Duration by) {
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
