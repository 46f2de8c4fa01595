package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.Snapshot;
import io.triggerquery.consumer.TriggerIdRule;
import io.triggerquery.consumer.TriggerQueryProjection;
import io.triggerquery.consumer.internal.id.IdConversion;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The components of a record with {@link TriggerQueryProjection}, in their order.
 *
 * @param annotation the table and its special columns
 * @param properties all components
 * @param id the index of the component with the id
 * @param version the index of the component with the version
 * @param constructor the canonical constructor
 * @param json writes and reads the components that are JSON
 */
public record RecordLayout<S>(
        TriggerQueryProjection annotation,
        List<Property> properties,
        int id,
        int version,
        Constructor<S> constructor,
        JsonMapper json) {

    /**
     * Reads the layout of a record.
     *
     * @param names resolves placeholders in the names of the annotation
     * @throws FailureAnalyzedException if the type cannot be the row of a table; the message says what to change
     */
    public static <S> RecordLayout<S> of(Class<S> type, UnaryOperator<String> names, JsonMapper json) {
        TriggerQueryProjection written = AnnotatedElementUtils.findMergedAnnotation(type, TriggerQueryProjection.class);
        if (!type.isRecord() || written == null) {
            throw new FailureAnalyzedException(
                    type.getName() + " is not a record with @TriggerQueryProjection.",
                    "Declare it as a record, and name its table: @TriggerQueryProjection(table = \"...\").");
        }
        TriggerQueryProjection annotation = resolved(written, type, names);
        if (annotation.guarded() && !annotation.deletedColumn().isEmpty()) {
            throw new FailureAnalyzedException(
                    "The projection " + type.getName() + " has a deletedColumn and is guarded.",
                    "Remove one of them: the row of a deleted id is either marked or deleted.");
        }
        var components = new Components(type);
        List<Property> properties = components.properties();
        checkFree("deletedColumn", annotation.deletedColumn(), type, properties);
        checkFree("appliedAtColumn", annotation.appliedAtColumn(), type, properties);
        return new RecordLayout<>(
                annotation, properties, components.id(), components.version(), constructor(type), json);
    }

    private static TriggerQueryProjection resolved(
            TriggerQueryProjection written, Class<?> type, UnaryOperator<String> names) {
        Map<String, Object> attributes = AnnotationUtils.getAnnotationAttributes(written);
        attributes.replaceAll((attribute, value) -> value instanceof String text ? names.apply(text) : value);
        attributes.forEach((attribute, value) -> {
            if (value instanceof String text && text.contains("${")) {
                throw new FailureAnalyzedException(
                        "The projection " + type.getName() + " names '" + text + "', whose placeholder is not resolved"
                                + " here.",
                        "Define its value. Only records in scanned packages may have placeholders.");
            }
        });
        return AnnotationUtils.synthesizeAnnotation(attributes, TriggerQueryProjection.class, null);
    }

    private static void checkFree(String attribute, String column, Class<?> type, List<Property> properties) {
        for (Property property : properties) {
            if (property.column().equalsIgnoreCase(column)) {
                throw new FailureAnalyzedException(
                        "The projection " + type.getName() + " has the component " + property.name()
                                + " for the column '" + column + "', which its " + attribute + " fills.",
                        "Remove the component, or name another column in one of them.");
            }
        }
    }

    private static <S> Constructor<S> constructor(Class<S> type) {
        try {
            Constructor<S> canonical = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            canonical.setAccessible(true); // the record may be package-private
            return canonical;
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("A record has a canonical constructor", impossible);
        }
    }

    /** Returns the record. */
    public Class<S> type() {
        return constructor.getDeclaringClass();
    }

    /** Returns the name of the component with the id. */
    public String idName() {
        return properties.get(id).name();
    }

    /** Returns the name of the component with the version. */
    public String versionName() {
        return properties.get(version).name();
    }

    /** Returns whether rows of absent ids are marked as deleted. */
    public boolean hasTombstones() {
        return !annotation.deletedColumn().isEmpty();
    }

    /**
     * Returns the row for a snapshot.
     *
     * @throws IllegalArgumentException if the state is one of another id, or has no valid version
     */
    public Row row(Snapshot<? extends S> snapshot) {
        if (snapshot instanceof Snapshot.Found<? extends S> found) {
            @Nullable Object[] values = values(found.state());
            return new Row(key(snapshot.id(), values[id]), version(snapshot.id(), values[version]), false, values);
        }
        @Nullable Object[] values = new Object[properties.size()];
        Comparable<?> key = key(snapshot.id());
        long known = snapshot.version().orElse(Row.UNKNOWN);
        values[id] = key;
        values[version] = properties.get(version).kind() == Kind.INTEGER ? Math.toIntExact(known) : (Object) known;
        return new Row(key, known, true, values);
    }

    /** Returns whether a text is an id of the type of its column: {@code 07} is not 7. */
    boolean isKey(String text) {
        return conversion().violation(text) == null;
    }

    /**
     * Returns an id in the type of its column.
     *
     * @throws IllegalArgumentException if it is none
     */
    Comparable<?> key(String text) {
        if (!isKey(text)) {
            throw new IllegalArgumentException("The id " + TriggerIdRule.escaped(text) + " is not the text of a "
                    + idName() + " of " + type().getName());
        }
        return (Comparable<?>) conversion().convert(text);
    }

    private IdConversion conversion() {
        return IdConversion.to(properties.get(id).type()).orElseThrow();
    }

    private Comparable<?> key(String queried, @Nullable Object ofState) {
        if (ofState == null || !ofState.toString().equals(queried)) {
            throw new IllegalArgumentException("The source was queried for " + TriggerIdRule.escaped(queried)
                    + " and returned a state whose " + idName() + " is "
                    + (ofState == null ? "null" : TriggerIdRule.escaped(ofState.toString())));
        }
        return (Comparable<?>) ofState;
    }

    private long version(String queried, @Nullable Object ofState) {
        if (ofState instanceof Number number && number.longValue() >= 0) {
            return number.longValue();
        }
        throw new IllegalArgumentException("The state of " + TriggerIdRule.escaped(queried) + " has the "
                + versionName() + " " + ofState + ": a version is 0 or more and grows with every change");
    }

    /** Returns the values of a state, in the order of the properties; JSON as text. */
    @Nullable
    Object[] values(S state) {
        Object[] values = new Object[properties.size()];
        for (int i = 0; i < values.length; i++) {
            Property property = properties.get(i);
            Object value = property.of(state);
            values[i] = value != null && property.kind() == Kind.JSON ? json.writeValueAsString(value) : value;
        }
        return values;
    }

    /** Returns the state with these values, as {@link #values} returns them. */
    S state(@Nullable Object[] values) {
        List<@Nullable Object> arguments = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            Property property = properties.get(i);
            Object value = values[i];
            arguments.add(
                    value instanceof String text && property.kind() == Kind.JSON
                            ? json.readValue(text, json.constructType(property.type()))
                            : value);
        }
        try {
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException invalid) {
            throw new IllegalStateException(
                    "A row of " + annotation.table() + " is no " + type().getName(),
                    invalid instanceof InvocationTargetException thrown ? thrown.getCause() : invalid);
        }
    }
}
