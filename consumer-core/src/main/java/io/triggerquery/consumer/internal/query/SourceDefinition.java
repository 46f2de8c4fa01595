package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import java.lang.reflect.Type;
import org.springframework.core.ResolvableType;

/** What a listener queries. */
public sealed interface SourceDefinition permits SourceMethods, QueryBean {

    /** Returns the name, and what the source's states contain. */
    Source source();

    /** Returns the type of the state, with its type arguments. */
    Type stateType();

    /** Returns what is queried, for messages. */
    String description();

    /** Returns the name of the source. */
    default String sourceName() {
        return source().value();
    }

    /** Returns whether the source can report that an id does not exist. */
    default boolean reportsAbsence() {
        return source().absence() != Absence.NEVER;
    }

    /** Returns the class of the state. */
    default Class<?> stateClass() {
        return ResolvableType.forType(stateType()).toClass();
    }
}
