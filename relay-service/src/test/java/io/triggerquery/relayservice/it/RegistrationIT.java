package io.triggerquery.relayservice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.triggerquery.producer.NotRegisteredException;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.internal.handoff.TriggerBuffer;
import io.triggerquery.producer.internal.remote.ActivationListener;
import io.triggerquery.producer.internal.remote.Activations;
import io.triggerquery.producer.internal.remote.RegistrationBuffer;
import io.triggerquery.producer.internal.remote.RelayServiceClient;
import io.triggerquery.producer.internal.remote.RelayServiceConnection;
import io.triggerquery.producer.internal.remote.RelayServiceSettings;
import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The strategy "registration" from the business transaction to the consumer: whatever dies and wherever, in the end the
 * consumer believes what the business says. Rows are made older instead of waiting for them.
 */
@ParameterizedClass
@MethodSource("io.triggerquery.relayservice.it.TestDatabase#servers")
class RegistrationIT {

    private static final int RUN_SECONDS = 100;

    private final TestDatabase kind;
    private final String database;
    private final Business business = new Business();
    private final Consumer consumer = new Consumer(business);
    private final Instance service;
    private final RelayServiceConnection connection;
    private final RelayServiceClient client;
    private final Activations activations;
    private final String id = "p-" + UUID.randomUUID();

    RegistrationIT(TestDatabase kind) {
        this.kind = kind;
        this.database = kind.newDatabase();
        this.service = Instance.sendingWith(consumer, database, Instance.FAST_POLL);
        this.connection = service.connection("billing");
        this.client = new RelayServiceClient(connection.service());
        this.activations = new Activations(client, ActivationListener.NONE);
    }

    @BeforeEach
    void start() {
        activations.start();
    }

    @AfterEach
    void close() throws IOException {
        activations.stop();
        connection.close();
        service.close();
    }

    /** Where the business service dies. */
    enum Death {
        BEFORE_REGISTER,
        AFTER_REGISTER,
        AFTER_COMMIT,
        BEFORE_ACTIVATE,
        AFTER_ACTIVATE
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void whereverTheServiceDiesTheConsumerBelievesWhatTheBusinessSays(Death death) {
        try {
            business.bill(id, dying(death));
        } catch (Died died) {
            assertThat(business.isBilled(id)).isFalse();
        }
        boolean registered = death != Death.BEFORE_REGISTER;
        if (registered && death != Death.AFTER_ACTIVATE) {
            assertThat(consumer.received).hasValue(0);
            Instance.older(database, RUN_SECONDS);
        }

        await().until(() -> consumer.received.get() == (registered ? 1 : 0));
        assertThat(business.isBilled(id))
                .isEqualTo(death.compareTo(Death.AFTER_COMMIT) >= 0)
                .isEqualTo(consumer.believesBilled(id));
    }

    @Test
    void aCommitAfterTheFirstSendIsMadeGoodByTheActivation() {
        business.bill(id, around((keeper, triggers) -> {
            TriggerBuffer.Prepared afterwards = keeper.prepare(triggers);
            fireByItself();
            assertThat(consumer.believesBilled(id)).isFalse();
            return afterwards;
        }));

        await().until(() -> consumer.believesBilled(id));
        await().until(() -> Instance.rows(database) == 0);
        assertThat(service.counted("triggerquery.relay.sent.unactivated")).isEqualTo(1);
        assertThat(service.counted("triggerquery.relay.activated.late")).isEqualTo(1);
    }

    @Test
    void aCommitAfterTheFirstSendAndADeathAreMadeGoodByTheSecondSend() {
        business.bill(id, around((keeper, triggers) -> {
            keeper.prepare(triggers);
            fireByItself();
            return committed -> {};
        }));
        assertThat(business.isBilled(id)).isTrue();
        assertThat(consumer.believesBilled(id)).isFalse();

        Instance.older(database, 3 * RUN_SECONDS);

        await().until(() -> consumer.believesBilled(id));
    }

    @Test
    void neverActivatedItIsSentThreeTimesAndForgotten() {
        keeper(System::nanoTime).prepare(List.of(OutgoingTrigger.of("changed", id)));
        Instance.older(database, RUN_SECONDS);
        await().until(() -> consumer.received.get() == 1);
        await().until(() -> firesStored() == 1);
        Instance.older(database, 3 * RUN_SECONDS);
        await().until(() -> consumer.received.get() == 2);
        await().until(() -> firesStored() == 2);
        assertThat(Instance.rows(database)).isEqualTo(1);
        Instance.older(database, 12 * RUN_SECONDS);

        await().until(() -> Instance.rows(database) == 0);
        assertThat(consumer.received).hasValue(3);
        assertThat(service.counted("triggerquery.relay.sent.unactivated")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1})
    void theCallersClockDoesNotMatter(long hoursOff) {
        keeper(() -> System.nanoTime() + Duration.ofHours(hoursOff).toNanos())
                .prepare(List.of(OutgoingTrigger.of("changed", id)));

        Instance.older(database, RUN_SECONDS - 30);
        assertThat(service.jdbc()
                        .sql("select count(*) from trigger_outbox where due_at > " + kind.now())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        Instance.older(database, 30);
        await().until(() -> consumer.received.get() == 1);
    }

    @Test
    void whileTheServiceIsDownNothingCommits() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        try (RelayServiceConnection away = new RelayServiceConnection(new RelayServiceSettings(
                nobody, "billing", "billing-secret", Duration.ofSeconds(1), Duration.ofSeconds(2)))) {
            TriggerBuffer keeper = keeper(new RelayServiceClient(away.service()), System::nanoTime);

            assertThatThrownBy(() -> business.bill(id, keeper))
                    .isInstanceOf(NotRegisteredException.class)
                    .hasMessageContaining("is rolled back")
                    .hasMessageContaining("relay service");
            assertThat(business.isBilled(id)).isFalse();
            assertThat(Business.publisher(keeper).tryPublish("changed", id)).isInstanceOf(Receipt.Rejected.class);
        }
    }

    @Test
    void withoutATransactionTheServiceHasIt() {
        assertThat(Business.publisher(keeper(System::nanoTime)).tryPublish("changed", id))
                .isEqualTo(new Receipt.WithRelayService());

        await().until(() -> consumer.received.get() == 1);
    }

    @Test
    void theCallersDestinationThatIsNotAllowedRollsBackAndSaysWhy() throws IOException {
        try (RelayServiceConnection other = service.connection("payment")) {
            assertThatThrownBy(
                            () -> business.bill(id, keeper(new RelayServiceClient(other.service()), System::nanoTime)))
                    .isInstanceOf(NotRegisteredException.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining("is not allowed for this caller");
        }
        assertThat(business.isBilled(id)).isFalse();
    }

    /** The time of the first send comes while the transaction still runs. */
    private void fireByItself() {
        Instance.older(database, RUN_SECONDS);
        await().until(() -> consumer.received.get() == 1);
        await().until(() -> firesStored() == 1);
    }

    private int firesStored() {
        return service.jdbc()
                .sql("select coalesce(max(fires), 0) from trigger_outbox")
                .query(Integer.class)
                .single();
    }

    private TriggerBuffer keeper(LongSupplier nanoTime) {
        return keeper(client, nanoTime);
    }

    private TriggerBuffer keeper(RelayServiceClient by, LongSupplier nanoTime) {
        return new RegistrationBuffer(by, activations, Duration.ofSeconds(RUN_SECONDS), nanoTime);
    }

    private TriggerBuffer dying(Death death) {
        return around((keeper, triggers) -> switch (death) {
            case BEFORE_REGISTER -> throw new Died();
            case AFTER_REGISTER -> {
                keeper.prepare(triggers);
                throw new Died();
            }
            case AFTER_COMMIT -> {
                keeper.prepare(triggers);
                yield committed -> {};
            }
            // handed to the thread that activates, which then is no more
            case BEFORE_ACTIVATE -> {
                activations.stop();
                yield keeper.prepare(triggers);
            }
            case AFTER_ACTIVATE -> keeper.prepare(triggers);
        });
    }

    private TriggerBuffer around(Preparation preparation) {
        TriggerBuffer keeper = keeper(System::nanoTime);
        return new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                throw new AssertionError("everything is prepared");
            }

            @Override
            public Prepared prepare(List<OutgoingTrigger> triggers) {
                return preparation.of(keeper, triggers);
            }
        };
    }

    private interface Preparation {

        TriggerBuffer.Prepared of(TriggerBuffer keeper, List<OutgoingTrigger> triggers);
    }

    /** What the dying process leaves behind is what a rolled back connection leaves. */
    private static final class Died extends RuntimeException {}
}
