package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint.Done;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class TriggerQueryEndpointTest {

    private final TriggerQueryEndpoint endpoint = new TriggerQueryEndpoint(
            () -> List.of(new FakeListener("bills"), new FakeListener("payments")), new Shown(false, true));
    private final TriggerQueryWebExtension web = new TriggerQueryWebExtension(endpoint);

    @Test
    void reportsAllListenersOrOne() {
        assertThat(endpoint.listeners().listeners())
                .extracting(ListenerReport::id)
                .containsExactly("bills", "payments");
        assertThat(endpoint.listener("payments").id()).isEqualTo("payments");
    }

    @ParameterizedTest
    @CsvSource({"pause,paused", "resume,resumed", "replay,replayed"})
    void asksTheListenerToDoWhatIsNamed(String operation, String outcome) {
        assertThat(operate("bills", operation, null)).isEqualTo(new Done("bills", operation, outcome));
    }

    @ParameterizedTest
    @CsvSource({"retry,retried p-1", "trigger,triggered p-1", "forget,forgotten p-1", "drain,drained p-1"})
    void asksTheListenerToDoWhatIsNamedToAnId(String operation, String outcome) {
        assertThat(endpoint.operateOnId("bills", operation, "p-1")).isEqualTo(new Done("bills", operation, outcome));
        assertThat(operate("bills", operation, "p-1")).isEqualTo(new Done("bills", operation, outcome));
    }

    @Test
    void anUnknownListenerIsAnErrorThatNamesTheKnownOnes() {
        assertThatThrownBy(() -> endpoint.listener("bill"))
                .isInstanceOf(ListenerOperationException.class)
                .hasMessage("No listener has the id bill. The listeners are: bills, payments");
        assertRefused(web.listener("bill"), 404, "No listener has the id bill. The listeners are: bills, payments");
        assertRefused(
                web.operate("bill", "pause", null, null, null, null, null, null, null),
                404,
                "No listener has the id bill. The listeners are: bills, payments");
    }

    @Test
    void anUnknownOperationIsAnErrorThatNamesTheKnownOnes() {
        assertRefused(
                web.operate("bills", "stop", null, null, null, null, null, null, null),
                400,
                "There is no operation stop. The operations are: pause, resume, resync, resync-all, replay, discard, confirm-absences, retry/ID, trigger/ID, forget/ID and drain/RETRY-TOPIC");
        assertRefused(
                web.operateOnId("bills", "pause", "p-1"),
                400,
                "There is no operation pause. The operations are: retry/ID, trigger/ID, forget/ID and drain/RETRY-TOPIC");
    }

    @Test
    void whatTheListenerCannotDoIsAConflict() {
        assertRefused(web.operate("bills", "resync", null, null, null, null, null, null, null), 409, "not here");
    }

    private Object operate(String listener, String operation, String id) {
        return endpoint.operate(listener, operation, id, null, null, null, null, null, null);
    }

    private static void assertRefused(WebEndpointResponse<Object> response, int status, String error) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getBody()).isEqualTo(new TriggerQueryWebExtension.Refusal(error));
    }
}
