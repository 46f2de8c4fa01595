package io.triggerquery.bench.source;

import io.netty.handler.codec.http.QueryStringDecoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The operations of the bench: {@code POST /control} with a form, {@code GET /counts}, {@code POST /counts/reset}. */
final class Operations {

    static final String CONTROL = "/control";
    static final String COUNTS = "/counts";
    static final String RESET = "/counts/reset";

    private static final JsonMapper JSON = new JsonMapper();

    private final Behaviour behaviour;
    private final Answers answers;

    Operations(Behaviour behaviour, Answers answers) {
        this.behaviour = behaviour;
        this.answers = answers;
    }

    Answer ask(String call, String body) {
        return switch (call) {
            case "POST " + CONTROL -> control(body);
            case "GET " + COUNTS -> good(JSON.writeValueAsString(behaviour.counts()));
            case "POST " + RESET -> {
                behaviour.reset();
                yield good("");
            }
            default -> new Answer(answers.text("404 Not Found", "There is no " + call + "."), true);
        };
    }

    private Answer control(String form) {
        try {
            behaviour.change(new QueryStringDecoder(form, false).parameters());
            return good("");
        } catch (IllegalArgumentException | JacksonException wrong) {
            return new Answer(answers.text("400 Bad Request", String.valueOf(wrong.getMessage())), true);
        }
    }

    private Answer good(String body) {
        return new Answer(answers.text("200 OK", body), true);
    }
}
