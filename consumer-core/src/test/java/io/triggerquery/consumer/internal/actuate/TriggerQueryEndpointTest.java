package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.triggerquery.consumer.internal.actuate.TriggerQueryEndpoint.Done;
import io.triggerquery.consumer.internal.control.Audit;
import io.triggerquery.consumer.internal.control.ControlValue;
import io.triggerquery.consumer.internal.control.FleetReport;
import io.triggerquery.consumer.internal.listener.ListenerOperationException;
import io.triggerquery.consumer.internal.listener.ListenerReport;
import io.triggerquery.consumer.internal.listener.SourceAnswer;
import java.security.Principal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

class TriggerQueryEndpointTest {

    private static final String OPERATIONS =
            "There is no operation stop. The operations are: pause, resume, resync, resync-all, replay, discard,"
                    + " confirm-absences, pause/ID, resume/ID, retry, retry/ID, trigger/ID, forget/ID, ask/ID and drain/RETRY-TOPIC";

    private final FakeListener bills = new FakeListener("bills");
    private final Audit audit = new Audit(InstantSource.system());
    private final TriggerQueryEndpoint endpoint = showing(new Shown(false, true));
    private final TriggerQueryWebExtension web = new TriggerQueryWebExtension(endpoint);

    private TriggerQueryEndpoint showing(Shown shown) {
        return new TriggerQueryEndpoint(() -> List.of(bills, new FakeListener("payments")), shown, audit);
    }

    @Test
    void reportsAllListenersOrOne() {
        assertThat(endpoint.listeners().listeners())
                .extracting(ListenerReport::id)
                .containsExactly("bills", "payments");
        assertThat(endpoint.listener("payments").id()).isEqualTo("payments");
    }

    @ParameterizedTest
    @CsvSource({"replay,replayed", "confirm-absences,confirmed", "resync-all,all resynced"})
    void invokesNamedOperation(String operation, String outcome) {
        assertThat(operate("bills", operation, null)).isEqualTo(new Done("bills", operation, outcome));
    }

    @ParameterizedTest
    @CsvSource({"retry,retried p-1", "trigger,triggered p-1", "forget,forgotten p-1", "drain,drained p-1"})
    void invokesNamedOperationOnId(String operation, String outcome) {
        assertThat(endpoint.operateOnId("bills", operation, "p-1", null, null))
                .isEqualTo(new Done("bills", operation, outcome));
        assertThat(operate("bills", operation, "p-1")).isEqualTo(new Done("bills", operation, outcome));
    }

    @Test
    void unknownListenerIsRejectedWithKnownListeners() {
        assertThatThrownBy(() -> endpoint.listener("bill"))
                .isInstanceOf(ListenerOperationException.class)
                .hasMessage("No listener has the id bill. The listeners are: bills, payments");
        assertRefused(web.listener("bill"), 404, "No listener has the id bill. The listeners are: bills, payments");
        assertRefused(
                web.operate(SecurityContext.NONE, "bill", "pause", null, null, null, null, null, null, null),
                404,
                "No listener has the id bill. The listeners are: bills, payments");
    }

    @Test
    void unknownOperationIsRejectedWithKnownOperations() {
        assertRefused(
                web.operate(SecurityContext.NONE, "bills", "stop", null, null, null, null, null, null, null),
                400,
                OPERATIONS);
        assertRefused(web.operateOnId(SecurityContext.NONE, "bills", "stop", "p-1", null, null), 400, OPERATIONS);
    }

    @Test
    void showsStuckIdsOrOneId() {
        assertThat(((GroupStuck.Report) view("bills", "ids", null, null)).total())
                .as("the default limit")
                .isEqualTo(20);
        assertThat(((GroupStuck.Report) view("bills", "ids", null, "1000")).total())
                .isEqualTo(1_000);
        assertThat((Map<?, ?>) view("bills", "ids", "a/b", null))
                .extracting("id")
                .isEqualTo("a/b");
        assertThat((Map<?, ?>) endpoint.viewOfOne("payments", "ids", "p-1", null))
                .extracting("listener")
                .isEqualTo("payments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x", "", "99999999999"})
    void g4_limitOutOfBoundsIsRejected(String limit) {
        assertRefused(
                web.view("bills", "ids", null, null, null, null, null, limit, null),
                400,
                "The parameter limit is a number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource({"ids,reason=x", "fleet,reason=x", "audit,reason=x", "deferred,since=y", "dead-letters,"})
    void g7_viewRejectsUnusedParameters(String view, String unread) {
        String reason = "reason=x".equals(unread) ? "x" : null;
        String since = "since=y".equals(unread) ? "y" : null;
        WebEndpointResponse<Object> answer = web.view("bills", view, null, reason, since, null, null, null, null);
        if (unread == null) {
            assertThat(answer.getStatus()).isEqualTo(200);
        } else {
            assertRefused(answer, 400, "The view " + view + " does not read: " + unread);
        }
    }

    @Test
    void limitIsRejectedForSingleId() {
        assertRefused(
                web.view("bills", "ids", "a/b", null, null, null, null, "5", null),
                400,
                "The view ids does not read: limit=5");
    }

    @Test
    void consistencyWithoutMonitorIsRejectedWithRequirements() {
        assertRefused(
                web.view("bills", "consistency", null, null, null, null, null, null, null),
                409,
                "bills has no consistency monitor. It needs a bean of type ProjectedVersions, and a rate of at least 1.");
    }

    @Test
    void unknownViewIsRejectedWithKnownViews() {
        assertRefused(
                web.viewOfOne("bills", "id", "p-1", null),
                400,
                "There is no view id. The views are: ids, fleet, dead-letters, deferred, audit, consistency");
        assertRefused(
                web.view("bill", "ids", null, null, null, null, null, null, null),
                404,
                "No listener has the id bill. The listeners are: bills, payments");
    }

    @Test
    void queriesSourceAndShowsStateOnlyIfAllowed() {
        assertThat(((SourceAnswer) endpoint.operateOnId("bills", "ask", "p-1", null, null)).state())
                .isNull();
        assertThat(((SourceAnswer) operate("bills", "ask", "a/b")).id()).isEqualTo("a/b");
        TriggerQueryEndpoint open = showing(new Shown(true, true));
        assertThat(((SourceAnswer) open.operateOnId("bills", "ask", "p-1", null, null)).state())
                .isEqualTo("{}");
    }

    @Test
    void g7_hidesExceptionMessagesIfConfigured() {
        TriggerQueryEndpoint hiding = showing(new Shown(false, false));
        List<Object> answers = List.of(
                hiding.view("bills", "ids", null, null, null, null, null, null, null),
                hiding.viewOfOne("bills", "ids", "p-1", null),
                hiding.operateOnId("bills", "ask", "p-1", null, null),
                hiding.listener("bills"),
                hiding.listeners());
        assertThat(answers.toString()).doesNotContain("x@y", "has failed for");
        assertThat(endpoint.viewOfOne("bills", "ids", "p-1", null).toString()).contains("x@y", "has failed for");
    }

    @Test
    void impossibleOperationIsAConflict() {
        assertRefused(
                web.operate(SecurityContext.NONE, "bills", "resync", null, null, null, null, null, null, null),
                409,
                "not here");
    }

    private Object operate(String listener, String operation, String id) {
        return endpoint.operate(listener, operation, id, null, null, null, null, null, null);
    }

    private Object view(String listener, String view, String id, String limit) {
        return endpoint.view(listener, view, id, null, null, null, null, limit, null);
    }

    private static void assertRefused(WebEndpointResponse<Object> response, int status, String error) {
        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(response.getBody()).isEqualTo(new TriggerQueryWebExtension.Refusal(error));
    }

    private String post(String operation, String id, String reason, String until) {
        Object body = web.operate(new AnnsRequest(), "bills", operation, id, null, reason, null, until, null, null)
                .getBody();
        return body instanceof Done done ? done.outcome() : ((TriggerQueryWebExtension.Refusal) body).error();
    }

    private record AnnsRequest() implements SecurityContext {

        @Override
        public Principal getPrincipal() {
            return () -> "ann";
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }
    }

    @Test
    void pauseHasReasonAuthorAndEnd() {
        assertThat(post("pause", null, "locked", "2h")).startsWith("Reading pauses in this instance.");
        ControlValue.Pause pause = ((FleetReport) view("bills", "fleet", null, null)).pause();
        assertThat(pause.reason()).isEqualTo("locked");
        assertThat(pause.by()).isEqualTo("ann");
        assertThat(Duration.between(pause.since(), pause.until())).isEqualTo(Duration.ofHours(2));
        assertThat(post("resume", null, null, null)).startsWith("Reading resumes in this instance.");
        assertThat(((FleetReport) view("bills", "fleet", null, null)).pause()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "-2h", "0s", "2001-01-01T00:00:00Z", "400d", "2999-01-01T00:00:00Z", "2026-11-30"})
    void endOfPauseIsTimeOrDurationWithinAYear(String until) {
        assertThat(post("pause", null, null, until)).startsWith("until is " + until + ", which is ");
        assertThat(bills.fleet.report("bills").pause()).isNull();
    }

    @Test
    void idIsPausedUntilTimeAndResumed() {
        assertThat(post("pause", "p-1", null, null)).contains("Say which, as in {\"until\": \"2h\"}");
        assertThat(post("pause", "?", null, "2h")).isEqualTo("not a valid id");
        assertThat(post("pause", "p-1", "bad", "PT2H")).startsWith("p-1 is not queried until then in this instance.");
        assertThat(bills.fleet.report("bills").pausedIds().get("p-1").reason()).isEqualTo("bad");
        assertThat(post("resume", "p-1", null, null)).startsWith("p-1 is queried again in this instance.");
        assertThat(post("resume", "p-1", null, null)).isEqualTo("The id p-1 is not paused.");
        assertThat(post("resync-all", null, "because", null)).contains("reason applies to pause, replay, discard, and");
    }

    @Test
    void retriesIdOrAllOfAReasonButNotEverything() {
        assertThat(post("retry", null, "[500", null)).isEqualTo("retried after [500");
        assertThat(post("retry", null, null, null)).startsWith("Name the id, as in retry/ID");
        assertThat(post("retry", null, " ", null)).startsWith("Name the id, as in retry/ID");
        assertThat(post("retry", "p-1", "[500", null)).contains("reason applies to pause");
        assertThat(post("retry", null, "[500", "2h")).contains("until applies to the first three");
    }

    @Test
    void missingIdIsRequestedFromOtherInstances() {
        assertThat(post("retry", "elsewhere", null, null))
                .isEqualTo("It does not wait here. No other instance was asked: it is switched off.");
    }

    @Test
    void eachOperationIsAuditedEvenIfRefused() {
        post("pause", null, "locked\nby a job", "2h");
        post("resync", null, null, null);
        post("retry", "p-1", null, null);
        web.operate(SecurityContext.NONE, "nothing", "pause", null, null, null, null, null, null, null);
        assertThat(audit.of("bills"))
                .extracting(Audit.Entry::user, Audit.Entry::operation, Audit.Entry::parameters, Audit.Entry::executed)
                .containsExactly(
                        tuple("ann", "retry", Map.of("id", "p-1"), true),
                        tuple("ann", "resync", Map.of(), false),
                        tuple("ann", "pause", Map.of("reason", "locked by a job", "until", "2h"), true));
        assertThat(audit.of("bills").get(1).result()).isEqualTo("not here");
        assertThat(audit.of("nothing"))
                .extracting(Audit.Entry::user, Audit.Entry::executed)
                .containsExactly(tuple("unknown", false));
        assertThat(view("bills", "audit", null, null)).isEqualTo(audit.of("bills"));
        for (int i = 0; i < 300; i++) {
            post("retry", "p-" + i, null, null);
        }
        assertThat(audit.of("bills")).hasSize(200);
    }
}
