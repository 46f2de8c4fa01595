package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.engine.Projection;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import io.triggerquery.consumer.projection.TableProjection;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.ResolvableType;

/**
 * A record with {@link TriggerQueryListener}, and the projection that writes it to its table.
 *
 * @param bean the projection
 * @param annotation the annotation of the record
 */
record AnnotatedRecord(TableProjection<?> bean, TriggerQueryListener annotation) implements AnnotatedListener {

    @Override
    public String name() {
        return bean.type().getName();
    }

    @Override
    public ResolvableType state() {
        return ResolvableType.forClass(bean.type());
    }

    @Override
    public Projection<Object> projection(SourceDefinition source) {
        if (source.stateClass() != bean.type()) {
            throw new FailureAnalyzedException(
                    "The source of the trigger listener " + name() + ", " + source.description() + ", returns "
                            + source.stateClass().getName() + ".",
                    "Name a source that returns the record itself, or write a listener method that converts the states"
                            + " and calls the record's TableProjection.");
        }
        checkName("id", source.source().id(), bean.idName());
        checkName("version", source.source().version(), bean.versionName());
        checkAbsence(source);
        return new RecordProjection(bean);
    }

    private void checkName(String attribute, String ofSource, String ofRecord) {
        if (!ofSource.isEmpty() && !ofSource.equals(ofRecord)) {
            throw new FailureAnalyzedException(
                    "The source of the trigger listener " + name() + " has the " + attribute + " '" + ofSource
                            + "', but the record marks the component '" + ofRecord + "'.",
                    "Correct " + attribute + " of @Source, or the annotation of the component.");
        }
    }

    private void checkAbsence(SourceDefinition source) {
        if (source.reportsAbsence() && !bean.takesAbsence()) {
            throw new FailureAnalyzedException(
                    "The source of the trigger listener " + name() + " reports absent ids, but the projection"
                            + " does not define what happens to their rows.",
                    "Name a column that marks them, @TriggerQueryProjection(deletedColumn = \"deleted\"), or set"
                            + " guarded = true, which deletes them and keeps the versions in another table; or remove"
                            + " @Source(absence = ...).");
        }
        if (!source.reportsAbsence() && bean.takesAbsence()) {
            throw new FailureAnalyzedException(
                    "The projection " + name() + " sets deletedColumn or guarded of @TriggerQueryProjection, but its"
                            + " source never reports an absent id.",
                    "Remove the attribute, or set @Source(absence = ...).");
        }
    }
}
