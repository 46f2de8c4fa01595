package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Absence;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.internal.id.IdConversion;
import java.lang.reflect.Type;
import java.util.Set;
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

    /** Returns the types that ids are converted to. */
    default Set<IdConversion> conversions() {
        return Set.of(IdConversion.STRING);
    }

    /** Returns the class of the state. */
    default Class<?> stateClass() {
        return ResolvableType.forType(stateType()).toClass();
    }
}
