package io.triggerquery.relayservice.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.producer.internal.remote.RelayServiceApi;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI description equals the controllers. */
@SuppressWarnings("unchecked")
class DescriptionTest {

    private static final List<Class<?>> CONTROLLERS = List.of(TriggerController.class, RegistrationController.class);

    private final Map<String, Object> description = read();

    @Test
    void hasThePathsBodiesAndAnswersOfTheControllers() {
        Map<String, String> described = new TreeMap<>();
        map(description, "paths")
                .forEach((path, methods) -> ((Map<String, Object>) methods).forEach((method, call) -> {
                    String schema = (String) map(call, "requestBody", "content", "application/json", "schema")
                            .get("$ref");
                    Set<String> good = map(call, "responses").keySet().stream()
                            .filter(status -> status.startsWith("2"))
                            .collect(Collectors.toSet());
                    described.put(method + " " + path, schema.replaceAll(".*/", "") + " " + good);
                }));

        Map<String, String> served = new TreeMap<>();
        for (Class<?> controller : CONTROLLERS) {
            String root = controller.getAnnotation(RequestMapping.class).value()[0];
            for (Method method : controller.getDeclaredMethods()) {
                PostMapping mapping = method.getAnnotation(PostMapping.class);
                if (mapping != null) {
                    int status =
                            method.getAnnotation(ResponseStatus.class).value().value();
                    served.put("post " + root + String.join("", mapping.value()), body(method) + " [" + status + "]");
                }
            }
        }
        assertThat(described).isEqualTo(served).hasSize(4);
    }

    @Test
    void hasTheFieldsOfTheBodies() {
        Map<String, Object> schemas = map(description, "components", "schemas");
        List<Class<?>> bodies = Arrays.stream(RelayServiceApi.class.getDeclaredClasses())
                .filter(Class::isRecord)
                .toList();
        assertThat(bodies).hasSize(6);

        for (Class<?> body : bodies) {
            assertThat(map(schemas, body.getSimpleName(), "properties").keySet())
                    .as(body.getSimpleName())
                    .containsExactly(Arrays.stream(body.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toArray(String[]::new));
        }
        // plus the schema of the problem
        assertThat(schemas).hasSize(bodies.size() + 1);
    }

    @Test
    void hasTheLimits() {
        Map<String, Object> schemas = map(description, "components", "schemas");

        assertThat(map(schemas, "TriggersBody", "properties", "triggers"))
                .containsEntry("maxItems", Admission.MAX_TRIGGERS_PER_CALL);
        assertThat(map(schemas, "RegisterBody", "properties", "maxRunSeconds"))
                .containsEntry("minimum", 1)
                .containsEntry("maximum", 3_600);
    }

    private static String body(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                .map(parameter -> parameter.getType().getSimpleName())
                .collect(Collectors.joining());
    }

    private static Map<String, Object> map(Object from, String... path) {
        Object at = from;
        for (String step : path) {
            at = ((Map<String, Object>) at).get(step);
            assertThat(at).as(step).isNotNull();
        }
        return (Map<String, Object>) at;
    }

    private static Map<String, Object> read() {
        try (InputStream file = DescriptionTest.class.getResourceAsStream("/static/openapi.yaml")) {
            return new Yaml().load(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
