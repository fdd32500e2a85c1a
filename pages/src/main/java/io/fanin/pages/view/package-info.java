/** The content of pages: plain text and numbers, derived from the documents. Foreign names are already sanitized. */
package io.fanin.pages.view;
