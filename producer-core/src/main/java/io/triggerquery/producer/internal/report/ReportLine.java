package io.triggerquery.producer.internal.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.triggerquery.producer.internal.relay.WaitingTrigger;
import io.triggerquery.producer.internal.sending.LogSafe;
import org.jspecify.annotations.Nullable;

/** The fields of a line in the log of undelivered triggers. */
@JsonPropertyOrder({"event", "destination", "id", "version", "since", "reason"})
record ReportLine(
        String event,
        String destination,
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long version,
        String since,
        String reason) {

    static ReportLine of(WaitingTrigger waiting, String reason) {
        return new ReportLine(
                UndeliveredReport.EVENT,
                waiting.trigger().destination(),
                waiting.trigger().id(),
                waiting.trigger().version(),
                waiting.since().toString(),
                LogSafe.sentence(reason));
    }
}
