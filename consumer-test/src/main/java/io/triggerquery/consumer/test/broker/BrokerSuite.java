package io.triggerquery.consumer.test.broker;

import io.triggerquery.consumer.test.guarantees.ListenerUnderTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The guarantees of an application as tests on a real broker: an embedded Kafka, the source behind HTTP, and instances
 * of the application in this process that start and stop under load. Takes half a minute.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> onARealBroker() {
 *     return BrokerSuite.of(PaymentDemo.class, Billing.class, payments)
 *             .withSettings("spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"))
 *             .tests();
 * }
 * }</pre>
 *
 * <p>All instances must share the projection's database. If the application creates a bean of the source's interface
 * itself, the scripted source is not queried.
 */
public final class BrokerSuite {

    private final Class<?> application;
    private final Class<?> listener;
    private final ListenerUnderTest subject;
    private final List<String> settings;

    private BrokerSuite(Class<?> application, Class<?> listener, ListenerUnderTest subject, List<String> settings) {
        this.application = application;
        this.listener = listener;
        this.subject = subject;
        this.settings = settings;
    }

    /**
     * Creates the suite.
     *
     * @param application the class that the application starts from
     * @param listener the class with the {@code @TriggerQueryListener} method, a bean of the application, or the record
     *     that has the annotation
     */
    public static BrokerSuite of(Class<?> application, Class<?> listener, ListenerUnderTest subject) {
        return new BrokerSuite(application, listener, subject, List.of());
    }

    /** Returns a suite with settings for each instance, such as {@code spring.datasource.url=...}. */
    public BrokerSuite withSettings(String... lines) {
        return new BrokerSuite(application, listener, subject, List.of(lines));
    }

    /** Returns the tests, for a method with {@code @TestFactory}. They depend on each other's order. */
    public Stream<DynamicTest> tests() {
        var run = new BrokerRun(ApplicationUnderTest.of(application, listener, settings), subject);
        return Stream.of(
                        DynamicTest.dynamicTest("G8 Converges: although the source fails now and then", () -> {
                            run.start();
                            run.underLoad(() -> {});
                            run.awaitConverged();
                        }),
                        DynamicTest.dynamicTest(
                                "G1 NoLostTrigger: what is committed when a container stops is applied", () -> {
                                    run.underLoad(() -> {
                                        run.sourceGoesDown();
                                        run.first().container().stop();
                                    });
                                    run.assertCommittedIsApplied();
                                    run.sourceComesBack();
                                    run.first().container().start();
                                    run.awaitConverged();
                                }),
                        DynamicTest.dynamicTest(
                                "G6 CleanHandover: an instance joins and another leaves under load", () -> {
                                    Instance leaving = run.first();
                                    run.underLoad(run::start);
                                    run.underLoad(() -> run.stop(leaving));
                                    run.awaitConverged();
                                }))
                .onClose(run::close);
    }
}
