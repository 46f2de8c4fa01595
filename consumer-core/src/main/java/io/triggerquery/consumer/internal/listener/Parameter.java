package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerIdRule;
import java.util.List;
import java.util.Optional;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;

/** The parameter types with which an annotated method receives states. */
enum Parameter {
    STATE,
    SNAPSHOT,
    STATES,
    SNAPSHOTS;

    static Optional<Parameter> of(ResolvableType declared, ResolvableType state) {
        ResolvableType snapshot = ResolvableType.forClassWithGenerics(Snapshot.class, state);
        if (declared.isAssignableFrom(state)) {
            return Optional.of(STATE);
        }
        if (declared.isAssignableFrom(snapshot)) {
            return Optional.of(SNAPSHOT);
        }
        if (declared.isAssignableFrom(listOf(state))) {
            return Optional.of(STATES);
        }
        return declared.isAssignableFrom(listOf(snapshot)) ? Optional.of(SNAPSHOTS) : Optional.empty();
    }

    /** Returns the state that a listener's first parameter takes, in whichever of the forms. */
    static ResolvableType stateOf(AnnotatedMethod listener) {
        if (listener.method().getParameterCount() == 0) {
            return ResolvableType.forClass(Object.class);
        }
        ResolvableType state =
                ResolvableType.forMethodParameter(listener.method(), 0, AopUtils.getTargetClass(listener.bean()));
        for (Class<?> form : List.of(List.class, Snapshot.class)) {
            if (state.toClass() == form) {
                state = state.getGeneric();
            }
        }
        return state;
    }

    private static ResolvableType listOf(ResolvableType element) {
        return ResolvableType.forClassWithGenerics(List.class, element);
    }

    /** Returns whether one call, and so one transaction, takes several snapshots. */
    boolean takesMany() {
        return this == STATES || this == SNAPSHOTS;
    }

    boolean takesAbsence() {
        return this == SNAPSHOT || this == SNAPSHOTS;
    }

    Object argument(List<Snapshot<Object>> snapshots) {
        return switch (this) {
            case STATE -> state(snapshots.get(0));
            case SNAPSHOT -> snapshots.get(0);
            case STATES -> snapshots.stream().map(Parameter::state).toList();
            case SNAPSHOTS -> List.copyOf(snapshots);
        };
    }

    private static Object state(Snapshot<Object> snapshot) {
        if (snapshot instanceof Snapshot.Found<Object> found) {
            return found.state();
        }
        throw new IllegalStateException("The source has no " + TriggerIdRule.escaped(snapshot.id())
                + ", and the listener takes states only. Declare its parameter as Snapshot, or do not return"
                + " ABSENT from a FailureRule.");
    }
}
