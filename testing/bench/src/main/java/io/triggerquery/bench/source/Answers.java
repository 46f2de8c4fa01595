package io.triggerquery.bench.source;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Creates answers as they are sent, from parts that are encoded once. */
final class Answers {

    private static final byte[] HEAD = bytes("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ");
    private static final byte[] END_OF_HEAD = bytes("\r\n\r\n");
    private static final byte[] BEFORE_ID = bytes("{\"paymentId\":\"");
    private static final byte[] AFTER_ID = bytes("\",\"billed\":true,\"billId\":\"bill-1\",\"version\":");
    private static final int MOST_DIGITS_OF_LENGTH = 10;

    private final ByteBufAllocator buffers;

    Answers(ByteBufAllocator buffers) {
        this.buffers = buffers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the state of one id. */
    ByteBuf one(CharSequence id, long version) {
        byte[] digits = bytes(Long.toString(version));
        int length = lengthOfState(id, digits);
        ByteBuf answer = head(length);
        state(answer, id, digits);
        return answer;
    }

    /** Returns the states of ids that are separated by commas. */
    ByteBuf list(String ids, long version) {
        byte[] digits = bytes(Long.toString(version));
        int count = 1;
        for (int at = ids.indexOf(','); at >= 0; at = ids.indexOf(',', at + 1)) {
            count++;
        }
        // the text contains all ids and commas; the rest is two brackets and the states without ids
        int length = ids.length() + 2 + count * lengthOfState("", digits);
        ByteBuf answer = head(length);
        answer.writeByte('[');
        int from = 0;
        for (int comma = ids.indexOf(','); comma >= 0; comma = ids.indexOf(',', from)) {
            state(answer, ids.subSequence(from, comma), digits);
            answer.writeByte(',');
            from = comma + 1;
        }
        state(answer, ids.subSequence(from, ids.length()), digits);
        answer.writeByte(']');
        return answer;
    }

    private static int lengthOfState(CharSequence id, byte[] version) {
        return BEFORE_ID.length + id.length() + AFTER_ID.length + version.length + 1;
    }

    private ByteBuf head(int length) {
        ByteBuf answer = buffers.buffer(HEAD.length + MOST_DIGITS_OF_LENGTH + END_OF_HEAD.length + length);
        answer.writeBytes(HEAD);
        ByteBufUtil.writeAscii(answer, Integer.toString(length));
        answer.writeBytes(END_OF_HEAD);
        return answer;
    }

    private static void state(ByteBuf answer, CharSequence id, byte[] version) {
        answer.writeBytes(BEFORE_ID);
        ByteBufUtil.writeAscii(answer, id);
        answer.writeBytes(AFTER_ID);
        answer.writeBytes(version);
        answer.writeByte('}');
    }

    /** Returns any other answer. */
    ByteBuf text(String status, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        ByteBuf answer = buffers.buffer();
        ByteBufUtil.writeAscii(
                answer,
                "HTTP/1.1 " + status + "\r\ncontent-type: " + type(body) + "\r\ncontent-length: " + content.length
                        + "\r\n\r\n");
        return answer.writeBytes(content);
    }

    private static String type(String body) {
        if (body.startsWith("{")) {
            return "application/json";
        }
        return body.startsWith("<") ? "text/html" : "text/plain; charset=utf-8";
    }
}
