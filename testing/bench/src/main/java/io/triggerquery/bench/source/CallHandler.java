package io.triggerquery.bench.source;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.triggerquery.bench.source.Delays.Connection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Answers the calls of one connection, each one when all of it has arrived. */
final class CallHandler extends SimpleChannelInboundHandler<HttpObject> {

    private static final int LONGEST_BODY = 1_000_000;

    private final Behaviour behaviour;
    private final Delays delays;
    private final Billings billings;
    private final Operations operations;
    private final Connection connection;
    private @Nullable HttpRequest call;
    private String body = "";

    CallHandler(Behaviour behaviour, Delays delays, Answers answers, Connection connection) {
        this.behaviour = behaviour;
        this.delays = delays;
        this.billings = new Billings(behaviour, answers);
        this.operations = new Operations(behaviour, answers);
        this.connection = connection;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            context.close();
            return;
        }
        if (part instanceof HttpRequest begun) {
            call = begun;
            body = "";
        }
        if (part instanceof HttpContent content && content.content().isReadable()) {
            body += content.content().toString(StandardCharsets.UTF_8);
            if (body.length() > LONGEST_BODY) {
                context.close();
            }
        }
        if (part instanceof LastHttpContent && call != null) {
            answer(call);
        }
    }

    private void answer(HttpRequest whole) {
        String uri = whole.uri();
        @Nullable
        Answer answer = whole.method().equals(HttpMethod.GET) && uri.startsWith(Billings.PATH)
                ? billings.get(uri)
                : operations.ask(whole.method() + " " + uri, body);
        if (answer == null) {
            return;
        }
        long delay = answer.atOnce() ? 0 : behaviour.latencyNanos();
        delays.answer(connection, answer.bytes(), delay, !HttpUtil.isKeepAlive(whole));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // the client has closed the connection
        context.close();
    }
}
