package io.triggerquery.producer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.invoke.reflect.OperationMethod;

class RequestUserTest {

    private static Object userOf(String endpoint, OperationType type, @Nullable String user) {
        var operate = Stream.of(TriggerProducerWebExtension.class.getDeclaredMethods())
                .filter(each -> each.getName().equals("operate"))
                .findFirst()
                .orElseThrow();
        OperationParameters parameters = new OperationMethod(operate, type).getParameters();
        OperationInvoker invoker =
                new RequestUser().apply(EndpointId.of(endpoint), type, parameters, context -> RequestUser.current());
        Principal principal = user == null ? null : () -> user;
        var security = new SecurityContext() {

            @Override
            public @Nullable Principal getPrincipal() {
                return principal;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }
        };
        return invoker.invoke(new InvocationContext(
                security, Map.of(), OperationArgumentResolver.of(SecurityContext.class, () -> security)));
    }

    @Test
    void userIsAvailableDuringAnOperation() {
        assertThat(userOf("triggerproducer", OperationType.WRITE, "ann")).isEqualTo("ann");
        assertThat(RequestUser.current()).isEqualTo("unknown");
    }

    @Test
    void userIsUnknownWithoutAuthentication() {
        assertThat(userOf("triggerproducer", OperationType.WRITE, null)).isEqualTo("unknown");
    }

    @Test
    void otherEndpointsAreIgnored() {
        assertThat(userOf("health", OperationType.WRITE, "ann")).isEqualTo("unknown");
    }
}
