package io.triggerquery.bench.source;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.triggerquery.bench.id.PaymentIds;
import org.jspecify.annotations.Nullable;

/** Answers queries of states: {@code GET /api/billings/ID} and {@code GET /api/billings?ids=ID,ID}. */
final class Billings {

    static final String PATH = "/api/billings";

    private static final String ONE = PATH + "/";
    private static final String LIST = PATH + "?ids=";
    private static final int LONGEST_LIST = 500;

    private final Behaviour behaviour;
    private final Answers answers;

    Billings(Behaviour behaviour, Answers answers) {
        this.behaviour = behaviour;
        this.answers = answers;
    }

    /** Returns the answer to a call, or null if the fault is that it gets none. */
    @Nullable
    Answer get(String uri) {
        behaviour.called();
        if (behaviour.isDown()) {
            behaviour.failed();
            return new Answer(answers.text("503 Service Unavailable", "down"), true);
        }
        if (uri.startsWith(ONE)) {
            return one(uri.substring(ONE.length()));
        }
        if (uri.startsWith(LIST)) {
            String ids = uri.substring(LIST.length());
            return list(ids.indexOf('%') < 0 ? ids : QueryStringDecoder.decodeComponent(ids));
        }
        return refuse("404 Not Found", "Call " + ONE + "ID or " + LIST + "ID,ID.");
    }

    private @Nullable Answer one(String id) {
        int number = PaymentIds.number(id, 0, id.length());
        if (number == PaymentIds.NONE) {
            return refuse("404 Not Found", "There is no payment '" + id + "'.");
        }
        if (behaviour.isStuck(number)) {
            return refuse("500 Internal Server Error", id + " is stuck");
        }
        if (behaviour.fault().hits(1, behaviour.fault().concerns(number))) {
            return fail();
        }
        behaviour.answered(number);
        return new Answer(answers.one(id, behaviour.version()), false);
    }

    private @Nullable Answer list(String ids) {
        int count = 0;
        boolean stuck = false;
        boolean concerned = false;
        for (int from = 0; from <= ids.length(); from = end(ids, from) + 1, count++) {
            int number = PaymentIds.number(ids, from, end(ids, from));
            if (number == PaymentIds.NONE) {
                return refuse("400 Bad Request", "'" + ids.substring(from, end(ids, from)) + "' is no id.");
            }
            stuck |= behaviour.isStuck(number);
            concerned |= behaviour.fault().concerns(number);
        }
        if (count > LONGEST_LIST) {
            return refuse("400 Bad Request", count + " ids in a call; the limit is " + LONGEST_LIST + ".");
        }
        if (stuck) {
            return refuse("500 Internal Server Error", "one of the ids is stuck");
        }
        if (behaviour.fault().hits(count, concerned)) {
            return fail();
        }
        for (int from = 0; from <= ids.length(); from = end(ids, from) + 1) {
            behaviour.answered(PaymentIds.number(ids, from, end(ids, from)));
        }
        return new Answer(answers.list(ids, behaviour.version()), false);
    }

    private static int end(String ids, int from) {
        int comma = ids.indexOf(',', from);
        return comma < 0 ? ids.length() : comma;
    }

    private @Nullable Answer fail() {
        Reply reply = behaviour.fault().reply();
        if (reply == Reply.NONE) {
            behaviour.failed();
            return null;
        }
        return refuse(reply.status(), reply.body());
    }

    private Answer refuse(String status, String why) {
        behaviour.failed();
        return new Answer(answers.text(status, why), false);
    }
}
