package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.Column;
import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Json;
import io.triggerquery.consumer.Version;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/** Reads the components of a record. */
record Components(Class<?> type) {

    List<Property> properties() {
        List<Property> properties = new ArrayList<>();
        Map<String, String> byColumn = new HashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Property property = property(component);
            String other = byColumn.putIfAbsent(property.column().toLowerCase(Locale.ROOT), property.name());
            if (other != null) {
                throw invalid(
                        "has two components with the column '" + property.column() + "': " + other + " and "
                                + property.name(),
                        "Give one of them another column: @Column(\"...\").");
            }
            properties.add(property);
        }
        return properties;
    }

    int id() {
        int id = only(Id.class);
        Class<?> declared = type.getRecordComponents()[id].getType();
        if (!Kind.of(declared).map(Kind::isId).orElse(false)) {
            throw invalid(
                    "has an @Id of the type " + declared.getSimpleName(),
                    "An id is a String, a long, an int or a UUID.");
        }
        return id;
    }

    int version() {
        int version = only(Version.class);
        Class<?> declared = type.getRecordComponents()[version].getType();
        if (Kind.of(declared)
                .filter(kind -> kind == Kind.LONG || kind == Kind.INTEGER)
                .isEmpty()) {
            throw invalid(
                    "has a @Version of the type " + declared.getSimpleName(),
                    "A version is a long or an int that grows with every change of the id.");
        }
        return version;
    }

    private int only(Class<? extends Annotation> annotation) {
        RecordComponent[] components = type.getRecordComponents();
        List<Integer> marked = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            if (components[i].isAnnotationPresent(annotation)) {
                marked.add(i);
            }
        }
        if (marked.size() != 1) {
            throw invalid(
                    "has " + marked.size() + " components with @" + annotation.getSimpleName(),
                    "Mark exactly one component with @" + annotation.getName() + ".");
        }
        return marked.get(0);
    }

    private Property property(RecordComponent component) {
        Column column = component.getAnnotation(Column.class);
        Class<?> declared = component.getType();
        Kind kind = component.isAnnotationPresent(Json.class)
                ? Kind.JSON
                : Kind.of(declared)
                        .orElseThrow(() -> invalid(
                                "has the component " + component.getName() + " of the type " + declared.getSimpleName()
                                        + ", which cannot be stored in a column",
                                "Mark it with @Json to store it as JSON, or leave it out of the record."));
        return new Property(
                component.getName(),
                column == null ? snakeCase(component.getName()) : column.value(),
                kind,
                component.getGenericType(),
                !declared.isPrimitive(),
                reader(component.getAccessor()));
    }

    private static MethodHandle reader(Method accessor) {
        accessor.setAccessible(true); // the record may be package-private
        try {
            return MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("An accessible method can be called", impossible);
        }
    }

    /** Returns {@code payment_id} for {@code paymentId}, and {@code iso_url2} for {@code isoURL2}. */
    static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])", "$1$3_$2$4")
                .toLowerCase(Locale.ROOT);
    }

    private FailureAnalyzedException invalid(String what, String action) {
        return new FailureAnalyzedException("The projection " + type.getName() + " " + what + ".", action);
    }
}
