package io.triggerquery.producer.internal.relay;

import io.triggerquery.producer.internal.sending.OutgoingTrigger;
import io.triggerquery.producer.internal.sending.SendOutcome;
import io.triggerquery.producer.internal.sending.TriggerSender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A broker that acknowledges, unless another outcome is set for an id or for all ids. */
final class FakeSender implements TriggerSender {

    final List<String> tried = new ArrayList<>();
    final List<OutgoingTrigger> sent = new ArrayList<>();
    final Map<String, SendOutcome> byId = new HashMap<>();
    SendOutcome otherwise = new SendOutcome.Acknowledged();
    /** The number of sends after which all answers arrive. */
    int answerAfter = 1;

    Runnable whileSending = () -> {};

    private final Map<CompletableFuture<SendOutcome>, SendOutcome> open = new HashMap<>();

    @Override
    public CompletableFuture<SendOutcome> send(OutgoingTrigger trigger) {
        tried.add(trigger.id());
        sent.add(trigger);
        whileSending.run();
        SendOutcome outcome = byId.getOrDefault(trigger.id(), otherwise);
        CompletableFuture<SendOutcome> answer = new CompletableFuture<>();
        open.put(answer, outcome);
        if (tried.size() >= answerAfter) {
            open.forEach(CompletableFuture::complete);
        }
        return answer;
    }

    List<String> takeTried() {
        List<String> taken = List.copyOf(tried);
        tried.clear();
        return taken;
    }
}
