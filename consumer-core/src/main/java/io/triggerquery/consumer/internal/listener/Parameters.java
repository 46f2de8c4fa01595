package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.Trigger;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.springframework.core.ResolvableType;

/**
 * The parameters of an annotated method.
 *
 * @param state how it receives the states
 * @param trigger where it receives the triggers
 */
record Parameters(Parameter state, Place trigger) {

    private static final ResolvableType TRIGGER = ResolvableType.forClass(Trigger.class);
    private static final ResolvableType TRIGGERS = ResolvableType.forClassWithGenerics(List.class, TRIGGER);

    /** The place of the triggers among the parameters. */
    enum Place {
        NONE,
        FIRST,
        SECOND
    }

    /**
     * Returns the parameters of a method, or empty if they are in no supported form.
     *
     * @param bean the bean's class, which binds the type variables of a generic superclass
     */
    static Optional<Parameters> of(Method method, Class<?> bean, ResolvableType stateType) {
        int count = method.getParameterCount();
        if (count != 1 && count != 2) {
            return Optional.empty();
        }
        ResolvableType first = ResolvableType.forMethodParameter(method, 0, bean);
        if (count == 1) {
            return isTrigger(first) ? Optional.empty() : of(first, stateType, Place.NONE);
        }
        ResolvableType second = ResolvableType.forMethodParameter(method, 1, bean);
        return isTrigger(first)
                ? of(second, first, stateType, Place.FIRST)
                : of(first, second, stateType, Place.SECOND);
    }

    private static Optional<Parameters> of(
            ResolvableType states, ResolvableType triggers, ResolvableType stateType, Place place) {
        return of(states, stateType, place)
                .filter(found -> !isTrigger(states)
                        && (found.state().takesMany() ? isListOfTriggers(triggers) : isOneTrigger(triggers)));
    }

    private static Optional<Parameters> of(ResolvableType states, ResolvableType stateType, Place place) {
        return Parameter.of(states, stateType).map(state -> new Parameters(state, place));
    }

    private static boolean isTrigger(ResolvableType type) {
        return isOneTrigger(type) || isListOfTriggers(type);
    }

    private static boolean isOneTrigger(ResolvableType type) {
        return type.toClass() == Trigger.class;
    }

    private static boolean isListOfTriggers(ResolvableType type) {
        return type.isAssignableFrom(TRIGGERS) && type.getGeneric().toClass() == Trigger.class;
    }

    /** Returns the arguments for a call. */
    Object[] arguments(List<Snapshot<Object>> snapshots, List<Trigger> triggers) {
        Object states = state.argument(snapshots);
        if (trigger == Place.NONE) {
            return new Object[] {states};
        }
        Object argument = state.takesMany() ? List.copyOf(triggers) : triggers.get(0);
        return trigger == Place.FIRST ? new Object[] {argument, states} : new Object[] {states, argument};
    }
}
