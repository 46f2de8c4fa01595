package io.triggerquery.consumer.internal.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.triggerquery.consumer.internal.control.Audit;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** The endpoint's view of dead letters. */
class LettersViewTest {

    private final FakeListener bills = new FakeListener("bills");
    private final Audit audit = new Audit(InstantSource.system());
    private final TriggerQueryWebExtension web =
            new TriggerQueryWebExtension(new TriggerQueryEndpoint(() -> List.of(bills), new Shown(true, true), audit));

    private List<String> asked() {
        return bills.letters.asked;
    }

    @Test
    void listsLettersAndReasonsAndShowsOne() {
        web.view("bills", "dead-letters", "p/1", "r", "s", "u", "c", "5", "true");
        web.viewOfOne("bills", "dead-letters", "reasons", "c");
        web.viewOfOne("bills", "dead-letters", "0@5", null);
        web.view("bills", "deferred", null, null, null, null, null, null, null);
        assertThat(asked())
                .containsExactly(
                        "list reason=r id=p/1 since=s until=u cursor=c limit=5 handled=true",
                        "reasons cursor=c",
                        "look 0@5 true",
                        "deferred all");
    }

    @Test
    void replaysAndDiscardsSelection() {
        Object replayed = web.operate(
                        SecurityContext.NONE, "bills", "replay", null, "0@5", null, null, null, null, null)
                .getBody();
        assertThat(replayed).isInstanceOfSatisfying(LettersView.Done.class, done -> {
            assertThat(done.outcome()).isEqualTo("3 replayed; 0 records read.");
            assertThat(done.run().letters()).isEqualTo(3);
        });
        web.operate(SecurityContext.NONE, "bills", "discard", null, null, "r", null, null, "c", null);
        web.operate(SecurityContext.NONE, "bills", "replay", "p/1", null, null, null, null, null, null);
        assertThat(asked()).containsExactly("replay letters=0@5", "discard reason=r cursor=c", "replay id=p/1");
        assertThat(audit.of("bills"))
                .extracting(Audit.Entry::operation, Audit.Entry::parameters, Audit.Entry::result)
                .containsExactly(
                        tuple("replay", Map.of("id", "p/1"), "3 replayed; 0 records read."),
                        tuple("discard", Map.of("reason", "r", "cursor", "c"), "3 discarded; 0 records read."),
                        tuple("replay", Map.of("letters", "0@5"), "3 replayed; 0 records read."));
    }

    @Test
    void selectionThatOperationDoesNotReadIsRejected() {
        WebEndpointResponse<Object> response =
                web.operate(SecurityContext.NONE, "bills", "resync", null, "0@5", null, null, null, null, null);
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getBody())
                .hasToString("Refusal[error=letters, since, cursor and handled apply only to replay and discard. resync"
                        + " accepts none of them.]");
    }

    @Test
    void unknownViewIsRejectedWithKnownViews() {
        WebEndpointResponse<Object> response = web.view("bills", "letters", null, null, null, null, null, null, null);
        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(response.getBody())
                .hasToString(
                        "Refusal[error=There is no view letters. The views are: ids, fleet, dead-letters, deferred, audit, consistency]");
        assertThat(web.viewOfOne("bills", "deferred", "x", null).getStatus()).isEqualTo(400);
    }
}
