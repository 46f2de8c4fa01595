package io.triggerquery.consumer.internal.query;

import io.triggerquery.consumer.Id;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.Version;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.annotation.AnnotationUtils;

/** Reads which components of a state are marked with {@link Id} and {@link Version}. */
final class MarkedComponents {

    private MarkedComponents() {}

    /** Returns the annotation with the names of the marked components, where it does not name any itself. */
    static Source completed(Source source, Class<?> state) {
        String id = source.id().isEmpty() ? marked(state, Id.class) : source.id();
        String version = source.version().isEmpty() ? marked(state, Version.class) : source.version();
        if (id.equals(source.id()) && version.equals(source.version())) {
            return source;
        }
        Map<String, Object> attributes = new HashMap<>(AnnotationUtils.getAnnotationAttributes(source));
        attributes.put("id", id);
        attributes.put("version", version);
        return AnnotationUtils.synthesizeAnnotation(attributes, Source.class, null);
    }

    private static String marked(Class<?> state, Class<? extends Annotation> annotation) {
        return state.isRecord()
                ? Arrays.stream(state.getRecordComponents())
                        .filter(component -> component.isAnnotationPresent(annotation))
                        .map(RecordComponent::getName)
                        .findFirst()
                        .orElse("")
                : "";
    }
}
