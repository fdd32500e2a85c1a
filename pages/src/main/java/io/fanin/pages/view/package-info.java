/** The content of pages: plain texts and numbers, derived from the documents. Foreign names are already sanitized. */
package io.fanin.pages.view;
