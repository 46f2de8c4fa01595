package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

/** What has the annotation {@link TriggerQueryListener}: a method, or a record that is the row of a table. */
sealed interface AnnotatedListener permits AnnotatedMethod, AnnotatedRecord {

    /** Returns the annotation. */
    TriggerQueryListener annotation();

    /** Returns the bean that expressions see as {@code __listener}. */
    Object bean();

    /** Returns the class, and the method if it is one, for messages. */
    String name();

    /** Returns the type of state that it takes, as far as it is known. */
    ResolvableType state();

    /**
     * Returns what is called with the states.
     *
     * @throws FailureAnalyzedException if it can't take what the source returns
     */
    Projection<Object> projection(SourceDefinition source);
}
