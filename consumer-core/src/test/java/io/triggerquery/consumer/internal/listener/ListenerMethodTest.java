package io.triggerquery.consumer.internal.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.Trigger;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.query.SourceMethods;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

class ListenerMethodTest {

    private static final List<String> CALLS = new ArrayList<>();

    @Source("things")
    interface Things {

        @RequestLine("GET /things/{id}")
        String byId(@Param("id") String id);
    }

    static class Projecting {

        private final String name = "bean";

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(String state) throws IOException {
            if (state.equals("broken")) {
                throw new IOException("as asked");
            }
            CALLS.add(name + " projects " + state);
        }
    }

    private static ListenerMethod methodOf(Object bean) {
        var postProcessor = new TriggerListenerPostProcessor();
        postProcessor.postProcessAfterInitialization(bean, "projecting");
        return ListenerMethod.of(
                (AnnotatedMethod) postProcessor.found().get(0),
                ResolvableType.forType(SourceMethods.of(Things.class).stateType()),
                false);
    }

    private static List<Snapshot<Object>> found(String state) {
        return List.of(new Snapshot.Found<>("a", state, OptionalLong.empty()));
    }

    private static Trigger trigger(String id) {
        return new Trigger("things", id, OptionalLong.of(7), Instant.EPOCH);
    }

    @Test
    void callsMethodThroughProxyOfTheBean() throws Exception {
        var factory = new ProxyFactory(new Projecting());
        factory.addAdvice((MethodInterceptor) call -> {
            CALLS.add("begin");
            Object result = call.proceed();
            CALLS.add("commit");
            return result;
        });
        CALLS.clear();
        methodOf(factory.getProxy()).apply(found("state"), List.of(trigger("a")));
        assertThat(CALLS).containsExactly("begin", "bean projects state", "commit");
    }

    @Test
    void throwsExceptionOfTheMethod() {
        ListenerMethod method = methodOf(new Projecting());
        assertThatThrownBy(() -> method.apply(found("broken"), List.of(trigger("a"))))
                .isInstanceOf(IOException.class)
                .hasMessage("as asked");
    }

    static class Many {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(List<Snapshot<String>> snapshots) {
            CALLS.add("many " + snapshots.stream().map(Snapshot::id).toList());
        }
    }

    static class States {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(List<String> states) {
            CALLS.add("states " + states);
        }
    }

    static class Wrong {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(List<Integer> numbers) {}
    }

    @Test
    void acceptsOneOrSeveralStatesOrSnapshots() throws Exception {
        CALLS.clear();
        List<Snapshot<Object>> two = List.of(
                new Snapshot.Found<>("a", "state of a", OptionalLong.empty()),
                new Snapshot.Found<>("b", "state of b", OptionalLong.empty()));
        assertThat(methodOf(new Projecting()).takesMany()).isFalse();
        methodOf(new Many()).apply(two, List.of(trigger("a"), trigger("b")));
        methodOf(new States()).apply(two, List.of(trigger("a"), trigger("b")));
        assertThat(CALLS).containsExactly("many [a, b]", "states [state of a, state of b]");
    }

    static class WithTrigger {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(String state, Trigger trigger) {
            CALLS.add(state + " by " + trigger.id() + " " + trigger.version().getAsLong());
        }
    }

    static class TriggerFirst {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Trigger trigger, Snapshot<String> snapshot) {
            CALLS.add(snapshot.id() + " by " + trigger.id());
        }
    }

    static class ListsWithTriggers {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(List<String> states, List<Trigger> triggers) {
            CALLS.add(states + " by " + triggers.stream().map(Trigger::id).toList());
        }
    }

    @Test
    void acceptsTriggerAndStateInAnyOrder() throws Exception {
        CALLS.clear();
        methodOf(new WithTrigger()).apply(found("state"), List.of(trigger("a")));
        methodOf(new TriggerFirst()).apply(found("state"), List.of(trigger("a")));
        methodOf(new ListsWithTriggers())
                .apply(
                        List.of(
                                new Snapshot.Found<>("a", "one", OptionalLong.empty()),
                                new Snapshot.Found<>("b", "two", OptionalLong.empty())),
                        List.of(trigger("a"), trigger("b")));
        assertThat(CALLS).containsExactly("state by a 7", "a by a", "[one, two] by [a, b]");
    }

    static class ListAndOneTrigger {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(List<String> states, Trigger trigger) {}
    }

    static class OneAndListOfTriggers {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(String state, List<Trigger> triggers) {}
    }

    static class OnlyTrigger {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Trigger trigger) {}
    }

    static class TwoTriggers {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Trigger one, Trigger other) {}
    }

    static class TwoStates {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(String one, String other) {}
    }

    static class Three {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(String one, Trigger trigger, String other) {}
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                ListAndOneTrigger.class,
                OneAndListOfTriggers.class,
                OnlyTrigger.class,
                TwoTriggers.class,
                TwoStates.class,
                Three.class
            })
    void errorExplainsHowToReceiveTheTrigger(Class<?> wrong) throws Exception {
        Object bean = wrong.getDeclaredConstructor().newInstance();
        assertThatThrownBy(() -> methodOf(bean))
                .hasMessageContaining("has an unsupported signature")
                .extracting(failure ->
                        ((FailureAnalyzedException) failure).analysis().getAction())
                .asString()
                .contains("A second parameter may be the Trigger; with a list of states, it is a List<Trigger>.");
    }

    @Test
    void errorListsPermittedSignatures() {
        assertThatThrownBy(() -> methodOf(new Wrong()))
                .hasMessageContaining("has an unsupported signature")
                .extracting(failure ->
                        ((FailureAnalyzedException) failure).analysis().getAction())
                .asString()
                .contains("List<Snapshot<String>>");
    }

    @Test
    void methodWithStateParameterCannotReceiveAbsence() {
        var postProcessor = new TriggerListenerPostProcessor();
        postProcessor.postProcessAfterInitialization(new States(), "states");
        var stateType = ResolvableType.forType(SourceMethods.of(Things.class).stateType());
        assertThatThrownBy(() -> ListenerMethod.of(
                        (AnnotatedMethod) postProcessor.found().get(0), stateType, true))
                .hasMessageContaining("reports absent ids");
    }
}
