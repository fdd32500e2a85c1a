package io.fanin.fakes;

import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import software.amazon.awssdk.core.SdkBytes;

/**
 * S3's XML. Control characters are written unescaped, so that such a key makes a listing without
 * {@code encoding-type=url} unreadable, as in S3.
 */
final class S3Xml {

    private static final XMLInputFactory READERS = XMLInputFactory.newInstance();

    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    private S3Xml() {}

    static String error(Fault.Fail error) {
        return new S3Xml()
                .open("Error")
                .element("Code", error.code())
                .element("Message", error.message())
                .element("RequestId", "fake")
                .close("Error")
                .toString();
    }

    static String listing(Call call, S3Listing.Query query, S3Listing listing, String bucket) {
        boolean encoded = call.fact("encoding-type").equals("url");
        UnaryOperator<String> name = encoded ? S3Xml::urlEncoded : UnaryOperator.identity();
        int count = listing.contents().size() + listing.commonPrefixes().size();
        S3Xml xml = new S3Xml()
                .open("ListBucketResult")
                .element("Name", bucket)
                .element("Prefix", name.apply(query.prefix()))
                .element("KeyCount", Integer.toString(count))
                .element("MaxKeys", Integer.toString(query.maxKeys()))
                .element("IsTruncated", Boolean.toString(listing.next().isPresent()));
        if (encoded) {
            xml.element("EncodingType", "url");
        }
        if (!query.delimiter().isEmpty()) {
            xml.element("Delimiter", name.apply(query.delimiter()));
        }
        if (call.facts().containsKey("start-after")) {
            xml.element("StartAfter", name.apply(call.fact("start-after")));
        }
        if (call.facts().containsKey("continuation-token")) {
            xml.element("ContinuationToken", call.fact("continuation-token"));
        }
        listing.next().ifPresent(next -> xml.element("NextContinuationToken", next.token()));
        for (Entry<String, S3Object> entry : listing.contents()) {
            S3Object object = entry.getValue();
            xml.open("Contents")
                    .element("Key", name.apply(entry.getKey()))
                    .element("LastModified", object.modified().toString())
                    .element("ETag", object.etag())
                    .element("Size", Integer.toString(object.size()))
                    .element("StorageClass", object.storageClass())
                    .close("Contents");
        }
        for (String prefix : listing.commonPrefixes()) {
            xml.open("CommonPrefixes").element("Prefix", name.apply(prefix)).close("CommonPrefixes");
        }
        return xml.close("ListBucketResult").toString();
    }

    static String deleted(List<String> deleted, List<Entry<String, Fault.Fail>> errors) {
        S3Xml xml = new S3Xml().open("DeleteResult");
        for (String key : deleted) {
            xml.open("Deleted").element("Key", key).close("Deleted");
        }
        for (Entry<String, Fault.Fail> error : errors) {
            xml.open("Error")
                    .element("Key", error.getKey())
                    .element("Code", error.getValue().code())
                    .element("Message", error.getValue().message())
                    .close("Error");
        }
        return xml.close("DeleteResult").toString();
    }

    static String begun(String uploadId) {
        return new S3Xml()
                .open("InitiateMultipartUploadResult")
                .element("UploadId", uploadId)
                .close("InitiateMultipartUploadResult")
                .toString();
    }

    static String completed(String etag) {
        return new S3Xml()
                .open("CompleteMultipartUploadResult")
                .element("ETag", etag)
                .close("CompleteMultipartUploadResult")
                .toString();
    }

    /** The texts of all elements of this name, in order. */
    static List<String> texts(SdkBytes xml, String element) {
        List<String> texts = new ArrayList<>();
        try {
            XMLStreamReader reader = READERS.createXMLStreamReader(new ByteArrayInputStream(xml.asByteArrayUnsafe()));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals(element)) {
                    texts.add(reader.getElementText());
                }
            }
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
        return texts;
    }

    /** The texts within each element of this name, by the names of their own elements. */
    static List<Map<String, String>> elements(SdkBytes xml, String element) {
        List<Map<String, String>> elements = new ArrayList<>();
        try {
            XMLStreamReader reader = READERS.createXMLStreamReader(new ByteArrayInputStream(xml.asByteArrayUnsafe()));
            Optional<Map<String, String>> open = Optional.empty();
            while (reader.hasNext()) {
                int event = reader.next();
                boolean own = reader.hasName() && reader.getLocalName().equals(element);
                if (event == XMLStreamReader.START_ELEMENT && own) {
                    open = Optional.of(new HashMap<>());
                    elements.add(open.get());
                } else if (event == XMLStreamReader.END_ELEMENT && own) {
                    open = Optional.empty();
                } else if (event == XMLStreamReader.START_ELEMENT && open.isPresent()) {
                    open.get().put(reader.getLocalName(), reader.getElementText());
                }
            }
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
        return elements;
    }

    private static Refusal malformed(XMLStreamException e) {
        return new Refusal(400, "MalformedXML", "The XML you provided was not well-formed: " + e.getMessage());
    }

    static Optional<String> text(SdkBytes xml, String element) {
        return texts(xml, element).stream().findFirst();
    }

    private static String urlEncoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    private S3Xml open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    private S3Xml close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    private S3Xml element(String name, String text) {
        open(name);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
        return close(name);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
