package io.triggerquery.consumer.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.internal.engine.EngineListener;
import io.triggerquery.consumer.internal.engine.EngineListener.RoundObserver;
import io.triggerquery.consumer.internal.engine.Work;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompositeEngineListenerTest {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            int.class,
            3,
            long.class,
            4L,
            Duration.class,
            Duration.ofSeconds(5),
            Throwable.class,
            new IllegalStateException("no"),
            OptionalLong.class,
            OptionalLong.of(6),
            Trigger.class,
            Trigger.of("things", "a"),
            Work.class,
            new Work.Ignored("things-0@0"),
            Work.DeadLetter.class,
            new Work.DeadLetter("things-0@0", "empty", () -> {}),
            TopicPartition.class,
            new TopicPartition("things", 0),
            String.class,
            "applied");

    private final List<String> received = new ArrayList<>();

    private static Stream<Method> events() {
        return Arrays.stream(EngineListener.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic() && !method.getName().equals("begun"));
    }

    private static Stream<Method> eventsOfRounds() {
        return Arrays.stream(RoundObserver.class.getDeclaredMethods()).filter(method -> !method.isSynthetic());
    }

    private <T> T recording(Class<T> type, Object result) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    received.add(method.getName() + (arguments == null ? "[]" : Arrays.toString(arguments)));
                    return result;
                }));
    }

    private static Object[] arguments(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
    }

    @ParameterizedTest
    @MethodSource("events")
    void g7_forwardsEveryEvent(Method event) throws Exception {
        EngineListener one = recording(EngineListener.class, null);
        var composite = new CompositeEngineListener(List.of(one, one));
        event.invoke(composite, arguments(event));
        String call = event.getName() + Arrays.toString(arguments(event));
        assertThat(received).containsExactly(call, call);
    }

    @ParameterizedTest
    @MethodSource("eventsOfRounds")
    void g7_forwardsEveryEventOfARound(Method event) throws Exception {
        RoundObserver ofRound = recording(RoundObserver.class, null);
        EngineListener listener = recording(EngineListener.class, ofRound);
        RoundObserver round = new CompositeEngineListener(List.of(listener, listener)).begun(List.of(), index -> null);
        received.clear();
        event.setAccessible(true);
        event.invoke(round, arguments(event));
        assertThat(received).hasSize(2).allMatch(call -> call.startsWith(event.getName()));
    }
}
