package io.fanin.tablecreator.notices;

import io.fanin.model.json.Json;
import io.fanin.tablecreator.events.EventBus;

/** The stack's bus, from which a rule of the stack sends notices to a webhook. */
public record NoticeEvents(EventBus bus) implements NoticeListener {

    /** The events' {@code detail-type}. */
    public static final String DETAIL_TYPE = "Notice";

    @Override
    public String name() {
        return "bus";
    }

    @Override
    public void send(Notice notice) {
        bus.send(DETAIL_TYPE, notice.execution(), Json.text(notice));
    }
}
