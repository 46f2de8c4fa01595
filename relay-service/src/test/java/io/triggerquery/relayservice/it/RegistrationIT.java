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
 * Tests the strategy "registration" from the business transaction to the consumer. Wherever a process dies, the projection of
 * the consumer equals the business database in the end. Rows are made older, so that no test has to wait.
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

    /** The point at which the business service dies. */
    enum Death {
        BEFORE_REGISTER,
        AFTER_REGISTER,
        AFTER_COMMIT,
        BEFORE_ACTIVATE,
        AFTER_ACTIVATE
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void projectionEqualsBusinessWhereverTheServiceDies(Death death) {
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
                .isEqualTo(consumer.hasProjectedBilled(id));
    }

    @Test
    void activationSendsAgainAfterACommitLaterThanTheFirstSend() {
        business.bill(id, around((buffer, triggers) -> {
            TriggerBuffer.Prepared afterwards = buffer.prepare(triggers);
            sendUnactivated();
            assertThat(consumer.hasProjectedBilled(id)).isFalse();
            return afterwards;
        }));

        await().until(() -> consumer.hasProjectedBilled(id));
        await().until(() -> Instance.rows(database) == 0);
        assertThat(service.counted("triggerquery.relay.sent.unactivated")).isEqualTo(1);
        assertThat(service.counted("triggerquery.relay.activated.late")).isEqualTo(1);
    }

    @Test
    void secondSendCoversALateCommitWithoutActivation() {
        business.bill(id, around((buffer, triggers) -> {
            buffer.prepare(triggers);
            sendUnactivated();
            return committed -> {};
        }));
        assertThat(business.isBilled(id)).isTrue();
        assertThat(consumer.hasProjectedBilled(id)).isFalse();

        Instance.older(database, 3 * RUN_SECONDS);

        await().until(() -> consumer.hasProjectedBilled(id));
    }

    @Test
    void unactivatedTriggerIsSentThreeTimesAndDeleted() {
        buffer(System::nanoTime).prepare(List.of(OutgoingTrigger.of("changed", id)));
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
    void clockOfTheCallerDoesNotMatter(long hoursOff) {
        buffer(() -> System.nanoTime() + Duration.ofHours(hoursOff).toNanos())
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
    void commitFailsWhileTheServiceIsDown() throws IOException {
        URI unusedAddress;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            unusedAddress = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        try (RelayServiceConnection away = new RelayServiceConnection(new RelayServiceSettings(
                unusedAddress, "billing", "billing-secret", Duration.ofSeconds(1), Duration.ofSeconds(2)))) {
            TriggerBuffer buffer = buffer(new RelayServiceClient(away.service()), System::nanoTime);

            assertThatThrownBy(() -> business.bill(id, buffer))
                    .isInstanceOf(NotRegisteredException.class)
                    .hasMessageContaining("is rolled back")
                    .hasMessageContaining("relay service");
            assertThat(business.isBilled(id)).isFalse();
            assertThat(Business.publisher(buffer).tryPublish("changed", id)).isInstanceOf(Receipt.Rejected.class);
        }
    }

    @Test
    void triggerWithoutTransactionIsSentToTheService() {
        assertThat(Business.publisher(buffer(System::nanoTime)).tryPublish("changed", id))
                .isEqualTo(new Receipt.WithRelayService());

        await().until(() -> consumer.received.get() == 1);
    }

    @Test
    void forbiddenDestinationRollsBackWithReason() throws IOException {
        try (RelayServiceConnection other = service.connection("payment")) {
            assertThatThrownBy(
                            () -> business.bill(id, buffer(new RelayServiceClient(other.service()), System::nanoTime)))
                    .isInstanceOf(NotRegisteredException.class)
                    .hasMessageContaining("403")
                    .hasMessageContaining("is not allowed for this caller");
        }
        assertThat(business.isBilled(id)).isFalse();
    }

    /** Makes the first send due while the transaction still runs. */
    private void sendUnactivated() {
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

    private TriggerBuffer buffer(LongSupplier nanoTime) {
        return buffer(client, nanoTime);
    }

    private TriggerBuffer buffer(RelayServiceClient by, LongSupplier nanoTime) {
        return new RegistrationBuffer(by, activations, Duration.ofSeconds(RUN_SECONDS), nanoTime);
    }

    private TriggerBuffer dying(Death death) {
        return around((buffer, triggers) -> switch (death) {
            case BEFORE_REGISTER -> throw new Died();
            case AFTER_REGISTER -> {
                buffer.prepare(triggers);
                throw new Died();
            }
            case AFTER_COMMIT -> {
                buffer.prepare(triggers);
                yield committed -> {};
            }
            // handed over to the activation thread after that has stopped
            case BEFORE_ACTIVATE -> {
                activations.stop();
                yield buffer.prepare(triggers);
            }
            case AFTER_ACTIVATE -> buffer.prepare(triggers);
        });
    }

    private TriggerBuffer around(Preparation preparation) {
        TriggerBuffer buffer = buffer(System::nanoTime);
        return new TriggerBuffer() {
            @Override
            public Receipt keep(List<OutgoingTrigger> triggers) {
                throw new AssertionError("everything is prepared");
            }

            @Override
            public Prepared prepare(List<OutgoingTrigger> triggers) {
                return preparation.of(buffer, triggers);
            }
        };
    }

    private interface Preparation {

        TriggerBuffer.Prepared of(TriggerBuffer buffer, List<OutgoingTrigger> triggers);
    }

    /** Simulates the end of the process: as after it, the connection is rolled back. */
    private static final class Died extends RuntimeException {}
}
