package io.triggerquery.producer.internal.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.triggerquery.producer.FakePublisher;
import io.triggerquery.producer.PublishTrigger;
import io.triggerquery.producer.Receipt;
import io.triggerquery.producer.TriggerPublisher;
import io.triggerquery.producer.internal.sending.Destinations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Mono;

/** Mistakes in annotations that are detected at the start. */
class PublishTriggerStartTest {

    private final List<String> published = new ArrayList<>();
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(PublishTriggerConfiguration.class)
            .withBean(Destinations.class, () -> new Destinations(Map.of("changed", "topic")))
            .withBean(
                    TriggerPublisher.class,
                    () -> new FakePublisher((destination, id) -> {
                        published.add(id);
                        return new Receipt.Stored();
                    }));

    interface Service {
        void change(String id);
    }

    static class ImplementsInterface implements Service {
        @Override
        @PublishTrigger(destination = "changed", id = "#id")
        public void change(String id) {}
    }

    static final class FinalImplementsInterface implements Service {
        @Override
        @PublishTrigger(destination = "changed", id = "#id")
        public void change(String id) {}
    }

    static class MethodOutsideInterface implements Service {
        @Override
        public void change(String id) {}

        @PublishTrigger(destination = "changed", id = "#id")
        public void outside(String id) {}
    }

    static class PrivateMethod {
        @PublishTrigger(destination = "changed", id = "#id")
        private void change(String id) {}
    }

    static class StaticMethod {
        @PublishTrigger(destination = "changed", id = "#id")
        static void change(String id) {}
    }

    static class FinalMethod {
        @PublishTrigger(destination = "changed", id = "#id")
        public final void change(String id) {}
    }

    static class Async {
        @PublishTrigger(destination = "changed", id = "#id")
        public CompletableFuture<Void> change(String id) {
            return CompletableFuture.completedFuture(null);
        }
    }

    static class Reactive {
        @PublishTrigger(destination = "changed", id = "#id")
        public Mono<String> change(String id) {
            return Mono.just(id);
        }
    }

    static class Misspelt {
        @PublishTrigger(destination = "changed", id = "#idd")
        public void change(String id) {}
    }

    static class MisspeltVersion {
        @PublishTrigger(destination = "changed", id = "#id", version = "#a1")
        public void change(String id) {}
    }

    static class ResultOfVoid {
        @PublishTrigger(destination = "changed", id = "#result")
        public void change(String id) {}
    }

    static class NoExpression {
        @PublishTrigger(destination = "changed", id = "#id +")
        public void change(String id) {}
    }

    static class EmptyExpression {
        @PublishTrigger(destination = "changed", id = "")
        public void change(String id) {}
    }

    static class UnknownDestination {
        @PublishTrigger(destination = "elsewhere", id = "#id")
        public void change(String id) {}
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of((Supplier<?>) PrivateMethod::new, "make it overridable"),
                Arguments.of((Supplier<?>) StaticMethod::new, "make it overridable"),
                Arguments.of((Supplier<?>) FinalMethod::new, "make it overridable"),
                Arguments.of((Supplier<?>) Async::new, "call TriggerPublisher where the change is made"),
                Arguments.of((Supplier<?>) Reactive::new, "call TriggerPublisher where the change is made"),
                Arguments.of(
                        (Supplier<?>) Misspelt::new,
                        "\"#idd\" uses the unknown variable #idd; the method has #id, #p0"),
                Arguments.of(
                        (Supplier<?>) MisspeltVersion::new,
                        "\"#a1\" uses the unknown variable #a1; the method has #id, #p0"),
                Arguments.of(
                        (Supplier<?>) ResultOfVoid::new, "uses the unknown variable #result; the method has #id, #p0"),
                Arguments.of((Supplier<?>) NoExpression::new, "\"#id +\" is not a valid expression"),
                Arguments.of((Supplier<?>) EmptyExpression::new, "\"\" is not a valid expression"),
                Arguments.of(
                        (Supplier<?>) UnknownDestination::new,
                        "set triggerquery.producer.destinations.elsewhere.topic"),
                Arguments.of((Supplier<?>) PublishTriggerStartTest::frozen, "its proxy is frozen or opaque"));
    }

    private static Object frozen() {
        ProxyFactory factory = new ProxyFactory(new ImplementsInterface());
        factory.setFrozen(true);
        return factory.getProxy();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeStopsTheStartAndNamesTheMethod(Supplier<Object> bean, String reason) {
        runner.withBean("mistaken", Object.class, bean)
                .run(context -> assertThat(reasons(context.getStartupFailure()))
                        .contains("@PublishTrigger")
                        .contains("PublishTriggerStartTest$")
                        .contains(reason));
    }

    @Test
    void interfaceProxyWorksToo() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean(FinalImplementsInterface.class)
                .run(context -> {
                    Service service = context.getBean(Service.class);
                    assertThat(AopUtils.isJdkDynamicProxy(service)).isTrue();
                    service.change("p-1");
                    assertThat(published).containsExactly("p-1");
                });
    }

    @Test
    void methodMissingInInterfaceProxyStopsTheStart() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false")
                .withBean(MethodOutsideInterface.class)
                .run(context -> assertThat(reasons(context.getStartupFailure()))
                        .contains("'outside'")
                        .contains("proxy-target-class"));
    }

    @Test
    void finalClassStopsTheStart() {
        runner.withBean(FinalImplementsInterface.class)
                .run(context -> assertThat(reasons(context.getStartupFailure()))
                        .contains("FinalImplementsInterface")
                        .contains("final"));
    }

    @Test
    void startSucceedsWithoutDestinationsToCheck() {
        new ApplicationContextRunner()
                .withUserConfiguration(PublishTriggerConfiguration.class)
                .withBean(
                        TriggerPublisher.class,
                        () -> new FakePublisher(
                                (destination, id) -> new Receipt.Rejected("there is no " + destination)))
                .withBean(UnknownDestination.class)
                .run(context -> assertThat(catchThrowable(
                                () -> context.getBean(UnknownDestination.class).change("p-1")))
                        .hasMessageContaining("there is no elsewhere"));
    }

    private static String reasons(Throwable failure) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            reasons.append(cause.getMessage()).append('\n');
        }
        return reasons.toString();
    }
}
