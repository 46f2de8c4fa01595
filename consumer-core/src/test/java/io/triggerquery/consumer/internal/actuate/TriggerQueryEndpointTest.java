package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint.Done;
import io.triggerquery.consumer.internal.listener.IdStory;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.listener.SourceAnswer;
import io.triggerquery.consumer.internal.listener.StuckReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class TriggerQueryEndpointTest {

    private final TriggerQueryEndpoint endpoint = showing(new Shown(false, true));
    private final TriggerQueryWebExtension web = new TriggerQueryWebExtension(endpoint);

    private static TriggerQueryEndpoint showing(Shown shown) {
        return new TriggerQueryEndpoint(() -> List.of(new FakeListener("bills"), new FakeListener("payments")), shown);
    }

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
        assertThat(endpoint.operate("bills", operation, null)).isEqualTo(new Done("bills", operation, outcome));
    }

    @ParameterizedTest
    @CsvSource({"retry,retried p-1", "trigger,triggered p-1", "forget,forgotten p-1", "drain,drained p-1"})
    void asksTheListenerToDoWhatIsNamedToAnId(String operation, String outcome) {
        assertThat(endpoint.operateOnId("bills", operation, "p-1")).isEqualTo(new Done("bills", operation, outcome));
        assertThat(endpoint.operate("bills", operation, "p-1")).isEqualTo(new Done("bills", operation, outcome));
    }

    @Test
    void anUnknownListenerIsAnErrorThatNamesTheKnownOnes() {
        assertThatThrownBy(() -> endpoint.listener("bill"))
                .isInstanceOf(ListenerOperationException.class)
                .hasMessage("No listener has the id bill. The listeners are: bills, payments");
        assertRefused(web.listener("bill"), 404, "No listener has the id bill. The listeners are: bills, payments");
        assertRefused(
                web.operate("bill", "pause", null),
                404,
                "No listener has the id bill. The listeners are: bills, payments");
    }

    @Test
    void anUnknownOperationIsAnErrorThatNamesTheKnownOnes() {
        assertRefused(
                web.operate("bills", "stop", null),
                400,
                "There is no operation stop. The operations are: pause, resume, resync, resync-all, replay, confirm-absences, retry/ID, trigger/ID, forget/ID, ask/ID and drain/RETRY-TOPIC");
        assertRefused(
                web.operateOnId("bills", "pause", "p-1"),
                400,
                "There is no operation pause. The operations are: retry/ID, trigger/ID, forget/ID, ask/ID and drain/RETRY-TOPIC");
    }

    @Test
    void showsTheStuckIdsOrOneId() {
        assertThat(((StuckReport) endpoint.view("bills", "ids", null, null)).total())
                .as("the default limit")
                .isEqualTo(20);
        assertThat(((StuckReport) endpoint.view("bills", "ids", null, "1000")).total())
                .isEqualTo(1_000);
        assertThat(((IdStory) endpoint.view("bills", "ids", "a/b", null)).id()).isEqualTo("a/b");
        assertThat(((IdStory) endpoint.viewOfOne("payments", "ids", "p-1")).listener())
                .isEqualTo("payments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", "", "99999999999"})
    void g4_aLimitOutOfBoundsIsRefused(String limit) {
        assertRefused(web.view("bills", "ids", null, limit), 400, "The parameter limit is a number from 1 to 1000");
    }

    @Test
    void anUnknownViewIsAnErrorThatNamesTheKnownOnes() {
        assertRefused(web.viewOfOne("bills", "id", "p-1"), 400, "There is no view id. The views are: ids");
        assertRefused(
                web.view("bill", "ids", null, null),
                404,
                "No listener has the id bill. The listeners are: bills, payments");
    }

    @Test
    void asksTheSourceAndShowsTheStateOnlyIfItIsAllowed() {
        assertThat(((SourceAnswer) endpoint.operateOnId("bills", "ask", "p-1")).state())
                .isNull();
        assertThat(((SourceAnswer) endpoint.operate("bills", "ask", "a/b")).id())
                .isEqualTo("a/b");
        TriggerQueryEndpoint open = showing(new Shown(true, true));
        assertThat(((SourceAnswer) open.operateOnId("bills", "ask", "p-1")).state())
                .isEqualTo("{}");
    }

    @Test
    void g7_showsNoMessageOfAnExceptionIfErrorsAreHidden() {
        TriggerQueryEndpoint hiding = showing(new Shown(false, false));
        List<Object> answers = List.of(
                hiding.view("bills", "ids", null, null),
                hiding.viewOfOne("bills", "ids", "p-1"),
                hiding.operateOnId("bills", "ask", "p-1"),
                hiding.listener("bills"),
                hiding.listeners());
        assertThat(answers.toString()).doesNotContain("x@y", "has failed for");
        assertThat(endpoint.viewOfOne("bills", "ids", "p-1").toString()).contains("x@y", "has failed for");
    }

    @Test
    void whatTheListenerCannotDoIsAConflict() {
        assertRefused(web.operate("bills", "resync", null), 409, "not here");
    }

    private static void assertRefused(WebEndpointResponse<Object> response, int status, String error) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getBody()).isEqualTo(new TriggerQueryWebExtension.Refusal(error));
    }
}
