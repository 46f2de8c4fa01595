package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.triggerquery.consumer.internal.control.Audit;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.reflect.OperationMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class KnownParametersTest {

    private Map<String, String> path = Map.of();
    private final Audit audit = new Audit(InstantSource.system());
    private final KnownParameters advisor = new KnownParameters(audit, () -> path);

    private Object invoke(String endpoint, OperationType type, String method, Map<String, Object> arguments) {
        Method found = Stream.of(TriggerQueryWebExtension.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(method))
                .findFirst()
                .orElseThrow();
        OperationInvoker invoker = advisor.apply(
                EndpointId.of(endpoint), type, new OperationMethod(found, type).getParameters(), context -> "invoked");
        return invoker.invoke(new InvocationContext(
                SecurityContext.NONE,
                arguments,
                OperationArgumentResolver.of(SecurityContext.class, () -> SecurityContext.NONE)));
    }

    private Object operate(Map<String, Object> arguments) {
        return invoke("triggerquery", OperationType.WRITE, "operate", arguments);
    }

    @Test
    void misspelledSelectionIsRejectedAndAudited() {
        var answer = (WebEndpointResponse<?>)
                operate(Map.of("listener", "bills", "operation", "replay", "raeson", "feign.FeignException"));
        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getBody())
                .isEqualTo(new TriggerQueryWebExtension.Refusal("This request has no parameter raeson. Its parameters"
                        + " are: cursor, handled, id, letters, reason, since, until"));
        assertThat(audit.of("bills"))
                .extracting(Audit.Entry::user, Audit.Entry::operation, Audit.Entry::parameters, Audit.Entry::executed)
                .containsExactly(tuple("unknown", "replay", Map.of("raeson", "feign.FeignException"), false));
    }

    @Test
    void actuatorArgumentsAreNotParameters() {
        assertThat(operate(Map.of("listener", "bills", "operation", "replay", "security", "x")))
                .isInstanceOf(WebEndpointResponse.class);
    }

    @Test
    void knownParametersAreAccepted() {
        assertThat(operate(Map.of("listener", "bills", "operation", "replay"))).isEqualTo("invoked");
        assertThat(operate(Map.of("listener", "bills", "operation", "replay", "reason", "x", "handled", true)))
                .isEqualTo("invoked");
    }

    @Test
    void bodyThatReplacesPathIsRejectedAndAudited() {
        path = Map.of("listener", "bills", "operation", "pause");

        var answer = (WebEndpointResponse<?>) operate(Map.of("listener", "payments", "operation", "pause"));

        assertThat(answer.getStatus()).isEqualTo(400);
        assertThat(answer.getBody())
                .isEqualTo(new TriggerQueryWebExtension.Refusal(
                        "The path of this request contains the listener. Remove the parameter."));
        assertThat(audit.of("payments")).extracting(Audit.Entry::executed).containsExactly(false);
        assertThat(operate(Map.of("listener", "bills", "operation", "pause"))).isEqualTo("invoked");
    }

    @Test
    void viewIsRejectedWithoutAuditRecord() {
        assertThat(invoke("triggerquery", OperationType.READ, "view", Map.of("listener", "b", "view", "v", "x", "y")))
                .isInstanceOf(WebEndpointResponse.class);
        assertThat(audit.of("b")).isEmpty();
    }

    @Test
    void otherEndpointsAreNotChecked() {
        assertThat(invoke("health", OperationType.READ, "view", Map.of("x", "y")))
                .isEqualTo("invoked");
    }
}
